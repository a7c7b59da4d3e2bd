import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DemoError } from '../demo-error.js';
import { revokeCertificate } from '../qtsp/revoke-certificate.js';
import { openWorld } from '../world/open-world.js';
import { parsePem } from '../x509/pem.js';
import { awaitRunningWorld } from './await-running-world.js';
import { type Command, DEFAULT_DATA_DIRECTORY, readOptions, required } from './command.js';

/** `demo revoke`: revokes a certificate that the demo QTSP issued. */
export const revoke: Command = {
  summary: 'revoke a certificate',
  help: `demo revoke --certificate FILE

Revokes the first certificate of a PEM file, at once and for good: OCSP and CRL say so from now on.

  --certificate FILE              certificate.pem or path.pem of demo issue
  --data-dir DIR                  default ${DEFAULT_DATA_DIRECTORY}
  --json                          print the result as JSON`,
  run: runRevoke,
};

async function runRevoke(args: readonly string[]): Promise<void> {
  const options = readOptions(args, {
    certificate: { type: 'string' },
    'data-dir': { type: 'string', default: DEFAULT_DATA_DIRECTORY },
    json: { type: 'boolean', default: false },
  });
  const thumbprint = await readThumbprint(required(options.certificate, 'certificate'));
  const world = await openWorld({ dataDirectory: options['data-dir'] }, new Date());
  const entry = await revokeCertificate(world.paths, { thumbprint }, new Date());
  await awaitRunningWorld(world, entry.serialNumber);
  console.log(options.json ? JSON.stringify(entry) : `revoked ${entry.serialNumber} at ${entry.revokedAt}`);
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
