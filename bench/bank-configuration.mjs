import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The configuration of the demo with the intervals of a bank, and with quotas that let one third party ask as often as the machine can.
 * Answers where it is written.
 */
export function writeBankConfiguration(demo) {
  const path = join(dirname(demo), 'bank.yaml');
  const text = readFileSync(demo, 'utf8')
    .replaceAll(/(?:, |\n {2}| )refreshSeconds: \d+/g, '')
    .replaceAll(/requestsPerDay: \d+/g, 'requestsPerDay: 10000');
  writeFileSync(
    path,
    text.replaceAll(
      /^( *)- \{ id: ([a-z-]+), /gm,
      '$1- { registration: { registrationsPerMinute: 1000000, clientsPerOrganization: 1000000 }, id: $2, ',
    ),
  );
  return path;
}
