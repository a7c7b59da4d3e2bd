import { buildCertificateRequest } from '../keys/build-certificate-request.js';
import type { Settings } from '../profile/settings.js';
import { UsageFault } from '../profile/usage-fault.js';
import { writeFileWhole } from '../profile/write-file-whole.js';
import type { Command } from './command.js';
import { readNamedFile } from './read-named-file.js';
import { requireSetting } from './require-setting.js';

/** `tpp csr` */
export const csr: Command = {
  name: 'csr',
  summary: 'Write a certificate signing request (PKCS#10) for your QTSP',
  settings: ['organizationIdentifier', 'organizationName', 'country'],
  options: [
    { name: 'key', value: 'FILE', text: 'PEM of the private key' },
    {
      name: 'common-name',
      value: 'NAME',
      text: 'Domain name for a QWAC, name of the seal for a QSealC (default: the organisation)',
    },
    { name: 'out', value: 'FILE', text: 'File to write (default: standard output)' },
  ],
  run: async ({ settings, options }) => {
    if (typeof options['key'] !== 'string') throw new UsageFault('--key is needed: PEM of the private key');
    const request = buildCertificateRequest(
      subjectOf(settings, options['common-name']),
      await readNamedFile(options['key']),
    );
    if (typeof options['out'] !== 'string') return { json: { csr: request }, lines: [request.trimEnd()] };
    await writeFileWhole(options['out'], request);
    return {
      json: { csr: request, file: options['out'] },
      lines: [`Wrote ${options['out']}.`],
      next: 'Send it to your QTSP.',
    };
  },
};

/** The subject that the settings describe. */
export function subjectOf(values: Settings, commonName: string | true | undefined) {
  const organizationIdentifier = requireSetting(values, 'organizationIdentifier');
  const organizationName = requireSetting(values, 'organizationName');
  const country = values.country ?? /^[A-Z]{3}([A-Z]{2})-/.exec(organizationIdentifier)?.[1];
  if (country === undefined || !/^[A-Z]{2}$/.test(country))
    throw new UsageFault('--country is needed: two capital letters');
  return {
    organizationIdentifier,
    organizationName,
    country,
    commonName: typeof commonName === 'string' ? commonName : organizationName,
  };
}
