import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../config.js';

/** The version to take where this one does not survive; package.json and bin/postern.mjs say the same. */
export const oldestNode = '26.12.1';

/** A Node and what it is to run; the server's own Node and the probe unless told otherwise. */
export interface RuntimeProbe {
  readonly node?: string;
  readonly program?: string;
}

/**
 * Lets a child process of the same Node meet what has ended processes: a client path with an issuer on a brainpool curve, and a server that sends one
 * (decision 30). Throws ConfigError when it does not survive.
 */
export async function proveRuntime({ node = process.execPath, program = probe }: RuntimeProbe = {}): Promise<void> {
  const child = spawn(node, [program], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(0, 2_000);
  });
  const end = await new Promise<string | number | null>((resolve) => {
    child.once('error', (cause) => resolve(cause.message));
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  if (end === 0) return;
  const lines = said.split('\n').filter((line) => /\w/.test(line));
  throw new ConfigError('the runtime', [
    `a certificate that anybody can send ends Node ${process.version} (its trial ended with ${end}): take Node ${oldestNode} or a later one`,
    ...lines.slice(0, 3),
  ]);
}

const probe = fileURLToPath(new URL('runtime-probe.js', import.meta.url));
