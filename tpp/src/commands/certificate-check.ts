import { checkCertificate } from '../certificate/check-certificate.js';
import { readText } from '../http/http-answer.js';
import { renderFinding } from '../terminal/render-finding.js';
import { bankOf } from './bank-of.js';
import type { Command } from './command.js';
import { withBankConnection } from './with-bank-connection.js';

/** `tpp certificate check` */
export const certificateCheck: Command = {
  name: 'certificate check',
  summary: 'Ask the bank what it thinks of your QWAC: every rule and finding',
  settings: ['baseUrl', 'brand', 'environment', 'ca', 'qwac', 'qwacKey'],
  options: [],
  run: async ({ settings, terminal: { paint } }) => {
    const { outcome, organization, findings } = await withBankConnection(settings, (connection) =>
      checkCertificate(connection, bankOf(settings)),
    );
    const good = outcome === 'qualified';
    const name = organization === undefined ? undefined : readText(organization, 'legalName');
    return {
      json: { outcome, organization, findings },
      lines: [
        `${good ? paint('good', '✓') : paint('bad', '✗')} ${paint('strong', outcome)}${name === undefined ? '' : `: ${name}`}`,
        ...findings.flatMap((finding) => renderFinding(finding, paint).map((line) => `  ${line}`)),
      ],
      exitCode: good ? 0 : 1,
      ...(good ? { next: 'tpp register' } : {}),
    };
  },
};
