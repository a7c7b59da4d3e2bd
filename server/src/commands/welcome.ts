import type { Config } from '../config.js';
import type { DependencyReport } from './open-judgement.js';
import type { ReadyFile } from './ready-file.js';

/** What a person sees when the server is ready: every address, the state of what it depends on, and what to try. */
export function renderWelcome(
  config: Config,
  running: {
    installation: ReadyFile;
    role: string;
    reports: readonly DependencyReport[];
    consoleLink?: string | undefined;
  },
): string {
  const { installation, role, reports, consoleLink } = running;
  const rows: (readonly [string, string])[] = [
    ['interface for third parties', installation.api],
    ['portal and pages', installation.web],
    ...(installation.operator === undefined ? [] : [['console of the bank', installation.operator] as const]),
    ...(consoleLink === undefined ? [] : [['into it, once', consoleLink] as const]),
    ['health and figures', installation.management],
    ...(installation.trust === undefined ? [] : [['demo trust world', installation.trust] as const]),
    ...(installation.ca === undefined ? [] : [['trust this CA', installation.ca] as const]),
    ...config.brands.map(({ id }) => [`brand ${id}`, `${installation.web}/${id}/en/developers`] as const),
    ...reports.map(
      ({ name, state, detail }) => [name, `${state}${detail === undefined ? '' : `: ${detail}`}`] as const,
    ),
  ];
  const width = Math.max(...rows.map(([title]) => title.length)) + 2;
  return [
    '',
    `${config.installation.name} is ready${role === 'all' ? '' : ` (role ${role})`}.`,
    '',
    ...rows.map(([title, text]) => `  ${title.padEnd(width)}${text}`),
    '',
    ...(config.installation.demo ? demoLines(installation) : []),
  ].join('\n');
}

function demoLines(installation: ReadyFile): readonly string[] {
  return [
    'This is a demonstration: production trusts the demo trusted list, not the lists of the European Union.',
    '',
    'To try, in a second terminal:',
    '  npm run journey                           a whole third party, step by step, refusals included',
    '  npx demo issue --kind qwac --organization-identifier PSDFR-ACPR-12345 --roles PSP_AI --out my-qwac',
    '  npx postern qualify my-qwac/path.pem      what every rule finds',
    `  curl --cacert ${installation.ca ?? 'CA'} --cert my-qwac/path.pem --key my-qwac/key.pem \\`,
    `    ${installation.api}/${installation.brands[0] ?? ''}/certificate-check`,
    '',
    'Ctrl-C stops.',
    '',
  ];
}
