import { createInterface } from 'node:readline/promises';
import { createPaint, type Terminal } from '../terminal/terminal.js';
import { runCommandLine } from './run-command-line.js';

const words = process.argv.slice(2);
const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
const terminal: Terminal = {
  json: words.includes('--json'),
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  paint: createPaint(colour),
  ...(process.stdin.isTTY === true && process.stderr.isTTY === true ? { ask } : {}),
};
// Whoever reads our output may stop reading, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

process.exitCode = await runCommandLine(words, terminal, () => new Date());
