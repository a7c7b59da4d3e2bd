import { dirname, join, resolve } from 'node:path';
import {
  applyForSandboxCertificates,
  readSandboxCertificates,
  renewSandboxCertificates,
  type SandboxCertificates,
} from '../certificate/sandbox-certificates.js';
import { type Connection, openConnection } from '../http/connection.js';
import { buildCertificateRequest } from '../keys/build-certificate-request.js';
import { ownerFileName, readSandboxOwner, type SandboxOwner } from '../profile/sandbox-owner-file.js';
import { UsageFault } from '../profile/usage-fault.js';
import { writeFileWhole } from '../profile/write-file-whole.js';
import { bankOf } from './bank-of.js';
import type { CommandCall, CommandResult } from './command.js';
import { readNamedFile } from './read-named-file.js';
import { requireSetting } from './require-setting.js';

/**
 * Has the sandbox of the bank issue both certificates over the keys of the profile. The first call asks, later ones fetch what was
 * asked for, and `--renew` asks for new ones; who asked is proved by a file beside the key.
 */
export async function requestFromSandbox(call: CommandCall): Promise<CommandResult> {
  const { settings, options } = call;
  const folder =
    typeof options['out'] === 'string' ? resolve(options['out']) : dirname(requireSetting(settings, 'qwacKey'));
  const ownerFile = join(folder, ownerFileName);
  const ca = settings.ca === undefined ? {} : { ca: await readNamedFile(settings.ca) };
  const connection = openConnection(ca);
  try {
    const owner = await readSandboxOwner(ownerFile);
    return await report(await exchange(call, { connection, owner, ownerFile }), folder);
  } finally {
    connection.close();
  }
}

interface Exchange {
  readonly connection: Connection;
  readonly owner: SandboxOwner | undefined;
  readonly ownerFile: string;
}

async function exchange(call: CommandCall, { connection, owner, ownerFile }: Exchange): Promise<SandboxCertificates> {
  const bank = bankOf(call.settings);
  if (owner !== undefined && call.options['renew'] === true)
    return renewSandboxCertificates(connection, { bank, owner }, await buildRequests(call));
  if (owner !== undefined) return readSandboxCertificates(connection, bank, owner);
  const contact = call.options['contact'];
  if (typeof contact !== 'string') throw new UsageFault('--contact is needed: an e-mail address');
  const answer = await applyForSandboxCertificates(connection, bank, {
    organizationName: requireSetting(call.settings, 'organizationName'),
    contact,
    roles: String(call.options['roles'] ?? 'PSP_AI').split(','),
    ...(await buildRequests(call)),
  });
  await writeFileWhole(ownerFile, `${JSON.stringify(answer.owner, undefined, 2)}\n`);
  return answer;
}

/** Names in them are for people: the sandbox decides what stands in the certificates. */
async function buildRequests({ settings }: CommandCall) {
  const organizationName = requireSetting(settings, 'organizationName');
  const subject = { organizationName, commonName: organizationName, country: settings.country ?? 'FR' };
  return {
    websiteRequest: buildCertificateRequest(subject, await readNamedFile(requireSetting(settings, 'qwacKey'))),
    sealRequest: buildCertificateRequest(subject, await readNamedFile(requireSetting(settings, 'sealKey'))),
  };
}

async function report(certificates: SandboxCertificates, folder: string): Promise<CommandResult> {
  const { state, organizationIdentifier, reason, qwac, qsealc } = certificates;
  const told = { state, organizationIdentifier, ...(reason === undefined ? {} : { reason }) };
  if (state !== 'issued' || qwac === undefined || qsealc === undefined) {
    const because = reason === undefined ? '' : `: ${reason}`;
    const waits = { next: 'tpp certificate request --sandbox   (asks again)' };
    return {
      json: told,
      lines: [`The request is ${state}${because}.`],
      ...(state === 'waiting' ? waits : { exitCode: 1 }),
    };
  }
  const files = { qwac: join(folder, 'qwac-path.pem'), seal: join(folder, 'qsealc-path.pem') };
  await writeFileWhole(files.qwac, qwac);
  await writeFileWhole(files.seal, qsealc);
  return {
    json: { ...told, ...files },
    lines: [`Wrote ${files.qwac} and ${files.seal}: ${organizationIdentifier}, good in this sandbox alone.`],
    next: 'tpp certificate check',
    learnt: { ...files, organizationIdentifier, environment: 'sandbox' },
  };
}
