import { spawn } from 'node:child_process';

export interface ProgramPlan {
  readonly command: string;
  readonly parameters: readonly string[];
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Given the address that the program prints after "Open: ", answers the line that it then reads. */
  readonly answer: (address: string) => Promise<string>;
}

/** Runs a program that asks its user to open an address and to say where that led; answers its exit code and all that it said. */
export function runProgram(plan: ProgramPlan): Promise<{ readonly code: number | null; readonly text: string }> {
  const { command, parameters, directory, environment, answer } = plan;
  const child = spawn(command, [...parameters], { cwd: directory, env: { ...process.env, ...environment } });
  let text = '';
  let asked = false;
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      text += chunk.toString();
      const address = /Open: (https:\S+)\s/.exec(text)?.[1];
      if (address === undefined || asked) return;
      asked = true;
      answer(address).then((line) => child.stdin.end(`${line}\n`), reject);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
