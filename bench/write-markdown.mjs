import { writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the machine is, and what else it does; asked before anything is measured. */
export function describeMachine() {
  const [{ model }] = cpus();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return {
    processors: `${cpus().length} × ${model.trim()} (${arch()})`,
    memory: `${gigabytes} GB`,
    system: `${type()} ${release()}`,
    busy: `${loadavg()[1].toFixed(1)} processes ran or waited in the five minutes before`,
  };
}

/** Writes the report as a document: how it came about, the machine, the figures. */
export function writeMarkdown(file, { machine, command, text, now }) {
  const { processors, memory, system, busy } = machine;
  writeFileSync(
    file,
    `# Benchmarks

The figures of one run of \`${command}\`, which wrote this page. They are ratios to a bare server, or to another program, of the same run
wherever that is possible: those hold on another machine too, the rest holds on this one. What a target says was promised; nothing fails on a figure.

| | |
|---|---|
| Day | ${now.toISOString().slice(0, 10)} |
| Processors | ${processors} |
| Memory | ${memory} |
| System | ${system} |
| Other work | ${busy} |

\`\`\`text
${text.trim()}
\`\`\`
`,
  );
}
