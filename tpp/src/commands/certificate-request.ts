import { dirname, join, resolve } from 'node:path';
import { type CertificateKind, requestCertificate } from '../certificate/request-certificate.js';
import { openConnection } from '../http/connection.js';
import { buildCertificateRequest } from '../keys/build-certificate-request.js';
import { writeFileWhole } from '../profile/write-file-whole.js';
import { certificateKindOf } from './certificate-kind.js';
import type { Command, CommandCall, CommandResult } from './command.js';
import { subjectOf } from './csr.js';
import { readNamedFile } from './read-named-file.js';
import { requestFromSandbox } from './request-from-sandbox.js';
import { requireSetting } from './require-setting.js';

/** `tpp certificate request` */
export const certificateRequest: Command = {
  name: 'certificate request',
  summary: 'Have the demo QTSP issue a certificate, or the sandbox of the bank both',
  settings: [
    'qtspUrl',
    'baseUrl',
    'brand',
    'ca',
    'organizationIdentifier',
    'organizationName',
    'country',
    'qwacKey',
    'sealKey',
  ],
  options: [
    { name: 'kind', value: 'KIND', text: 'qwac or qsealc' },
    { name: 'sandbox', text: 'Ask the sandbox of the bank, for both certificates; called again it fetches them' },
    { name: 'contact', value: 'E-MAIL', text: 'With --sandbox: whom the bank may write to' },
    { name: 'renew', text: 'With --sandbox: new certificates beside those there are' },
    { name: 'roles', value: 'ROLES', text: 'Roles separated by commas (default PSP_AI)' },
    { name: 'csr', value: 'FILE', text: 'A signing request of your own (default: made from the key)' },
    { name: 'common-name', value: 'NAME', text: 'Common name in the certificate (default: the organisation)' },
    {
      name: 'defect',
      value: 'NAME',
      text: 'A named defect, to see it refused: expired, no-psd2-statement, flat-roles, …',
    },
    { name: 'out', value: 'DIR', text: 'Directory for the certificate (default: beside the key)' },
  ],
  run: async (call) => {
    if (call.options['sandbox'] === true) return requestFromSandbox(call);
    const kind = certificateKindOf(call.options);
    const keyFile = requireSetting(call.settings, kind === 'qwac' ? 'qwacKey' : 'sealKey');
    const issued = await order(call, keyFile);
    const { defect, out } = call.options;
    const name = typeof defect === 'string' ? `${kind}-${defect}` : kind;
    const folder = typeof out === 'string' ? resolve(out) : dirname(keyFile);
    const files = { certificate: join(folder, `${name}.pem`), path: join(folder, `${name}-path.pem`) };
    await writeFileWhole(files.certificate, issued.certificate);
    await writeFileWhole(files.path, issued.path);
    return {
      json: { kind, serialNumber: issued.serialNumber, ...files },
      lines: [`Wrote ${files.path}: certificate ${issued.serialNumber} with its issuers.`],
      ...(typeof defect === 'string'
        ? { next: kind === 'qwac' ? `tpp certificate check --qwac ${files.path}` : `tpp register --seal ${files.path}` }
        : follow(kind, files.path)),
    };
  },
};

/** A certificate without a defect is the one to use from now on. */
function follow(kind: CertificateKind, path: string): Pick<CommandResult, 'next' | 'learnt'> {
  return kind === 'qwac'
    ? { next: 'tpp certificate check', learnt: { qwac: path } }
    : { next: 'tpp register', learnt: { seal: path } };
}

async function order({ settings, options }: CommandCall, keyFile: string) {
  const qtspUrl = requireSetting(settings, 'qtspUrl');
  const subject = subjectOf(settings, options['common-name']);
  const own = options['csr'];
  const csr =
    typeof own === 'string' ? await readNamedFile(own) : buildCertificateRequest(subject, await readNamedFile(keyFile));
  const { organizationIdentifier, organizationName } = subject;
  const roles = String(options['roles'] ?? 'PSP_AI').split(',');
  const defect = typeof options['defect'] === 'string' ? { defect: options['defect'] } : {};
  const connection = openConnection();
  try {
    const kind = certificateKindOf(options);
    return await requestCertificate(connection, qtspUrl, {
      kind,
      csr,
      organizationIdentifier,
      organizationName,
      roles,
      ...defect,
    });
  } finally {
    connection.close();
  }
}
