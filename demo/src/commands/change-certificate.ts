import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parsePem } from '@postern/core/issuance/pem.js';
import { DemoError } from '../demo-error.js';
import { changeStatus, type StatusChange } from '../qtsp/change-status.js';
import { openWorld } from '../world/open-world.js';
import { awaitRunningWorld } from './await-running-world.js';
import { type Command, DEFAULT_DATA_DIRECTORY, readOptions, required } from './command.js';

/** `demo revoke`: revokes a certificate that the demo QTSP issued. */
export const revoke = changeCommand('revoke', {
  summary: 'revoke a certificate',
  effect: 'Revokes the first certificate of a PEM file, at once and for good: OCSP and CRL say so from now on.',
});

/** `demo hold`: suspends a certificate. */
export const hold = changeCommand('hold', {
  summary: 'suspend a certificate',
  effect:
    'Holds the first certificate of a PEM file (certificateHold): it counts as revoked until demo unhold releases it.',
});

/** `demo unhold`: releases a certificate that is held. */
export const unhold = changeCommand('unhold', {
  summary: 'release a suspended certificate',
  effect: 'Releases the first certificate of a PEM file from its hold: it is good again.',
});

function changeCommand(change: StatusChange, words: { summary: string; effect: string }): Command {
  return {
    summary: words.summary,
    help: `demo ${change} --certificate FILE

${words.effect}

  --certificate FILE              certificate.pem or path.pem of demo issue
  --data-dir DIR                  default ${DEFAULT_DATA_DIRECTORY}
  --json                          print the result as JSON`,
    run: (args) => runChange(change, args),
  };
}

async function runChange(change: StatusChange, args: readonly string[]): Promise<void> {
  const options = readOptions(args, {
    certificate: { type: 'string' },
    'data-dir': { type: 'string', default: DEFAULT_DATA_DIRECTORY },
    json: { type: 'boolean', default: false },
  });
  const thumbprint = await readThumbprint(required(options.certificate, 'certificate'));
  const world = await openWorld({ dataDirectory: options['data-dir'] }, new Date());
  const entry = await changeStatus(world.paths, { reference: { thumbprint }, change }, new Date());
  await awaitRunningWorld(world, { serialNumber: entry.serialNumber });
  const since = entry.revokedAt === undefined ? '' : ` since ${entry.revokedAt}`;
  console.log(options.json ? JSON.stringify(entry) : `${entry.serialNumber} is ${entry.status}${since}`);
}

async function readThumbprint(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new DemoError(`the certificate cannot be read: ${error.message}`);
  });
  const der = parsePem(text, ['CERTIFICATE']);
  if (der === undefined) {
    throw new DemoError(`${path} holds no PEM certificate`);
  }
  return createHash('sha256').update(der).digest('base64url');
}
