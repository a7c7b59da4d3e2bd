import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generatePrivateKey } from '../keys/generate-private-key.js';
import { UsageFault } from '../profile/usage-fault.js';
import { writeFileWhole } from '../profile/write-file-whole.js';
import { certificateKindOf } from './certificate-kind.js';
import type { Command } from './command.js';

/** `tpp keygen` */
export const keygen: Command = {
  name: 'keygen',
  summary: 'Make a private key for a QWAC or a QSealC',
  settings: [],
  options: [
    { name: 'kind', value: 'KIND', text: 'qwac or qsealc' },
    { name: 'out', value: 'DIR', text: 'Directory for the key (default: here)' },
    { name: 'bits', value: 'N', text: '2048, 3072 or 4096 (default 2048)' },
  ],
  run: async ({ options }) => {
    const kind = certificateKindOf(options);
    const file = join(resolve(String(options['out'] ?? '.')), `${kind}-key.pem`);
    if (existsSync(file)) throw new UsageFault(`${file} exists; a private key is never overwritten`);
    await writeFileWhole(file, await generatePrivateKey(parseBits(options['bits'])));
    return {
      json: { kind, key: file },
      lines: [`Wrote ${file}, readable by you only.`],
      next: `tpp certificate request --sandbox   (the bank's sandbox, once there are both keys), --kind ${kind}   (the demo's QTSP), or tpp csr --key ${file}   (your QTSP)`,
      learnt: kind === 'qwac' ? { qwacKey: file } : { sealKey: file },
    };
  },
};

function parseBits(text: string | true | undefined): 2048 | 3072 | 4096 {
  const bits = ([2048, 3072, 4096] as const).find((known) => String(known) === (text ?? '2048'));
  if (bits === undefined) throw new UsageFault('--bits must be 2048, 3072 or 4096');
  return bits;
}
