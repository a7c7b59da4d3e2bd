import { dirname, join, resolve } from 'node:path';
import { type BrokenCertificate, issueSandboxKit } from '../certificate/sandbox-certificates.js';
import { openConnection } from '../http/connection.js';
import { ownerFileName, readSandboxOwner } from '../profile/sandbox-owner-file.js';
import { UsageFault } from '../profile/usage-fault.js';
import { writeFileWhole } from '../profile/write-file-whole.js';
import { alignRows } from '../terminal/terminal.js';
import { bankOf } from './bank-of.js';
import type { Command } from './command.js';
import { readNamedFile } from './read-named-file.js';
import { requireSetting } from './require-setting.js';

/** `tpp certificate kit` */
export const certificateKit: Command = {
  name: 'certificate kit',
  summary: 'Have the sandbox of the bank issue broken certificates over your keys, to see each refused',
  settings: ['baseUrl', 'brand', 'ca', 'qwacKey'],
  options: [{ name: 'out', value: 'DIR', text: 'Directory for the certificates (default: kit, beside the key)' }],
  run: async ({ settings, options }) => {
    const keys = dirname(requireSetting(settings, 'qwacKey'));
    const folder = typeof options['out'] === 'string' ? resolve(options['out']) : join(keys, 'kit');
    const owner = await readSandboxOwner(join(keys, ownerFileName));
    if (owner === undefined) throw new UsageFault('ask for certificates first: tpp certificate request --sandbox');
    const connection = openConnection(settings.ca === undefined ? {} : { ca: await readNamedFile(settings.ca) });
    try {
      const kit = await issueSandboxKit(connection, bankOf(settings), owner);
      const files = kit.map((broken) => ({ ...broken, file: join(folder, `${broken.defect}-path.pem`) }));
      for (const { file, path } of files) await writeFileWhole(file, path);
      return {
        json: { kit: files.map(({ path: _path, ...told }) => told) },
        lines: [`Wrote ${files.length} certificates to ${folder}, each broken in one way:`, ...describe(files)],
        next: `tpp certificate check --environment sandbox --qwac ${join(folder, 'expired-path.pem')}`,
      };
    } finally {
      connection.close();
    }
  },
};

function describe(kit: readonly BrokenCertificate[]): readonly string[] {
  const rows = kit.map(({ defect, explains, refusal, rule }): [string, string] => [
    `  ${defect}`,
    `${explains}; refused with ${refusal} by ${rule}`,
  ]);
  return alignRows(rows);
}
