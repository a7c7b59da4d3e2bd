import { createHash } from 'node:crypto';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { renderName } from '@postern/core/certificate/render-name.js';
import { createFileCache } from '../fetch/file-cache.js';
import {
  type ApprovedSet,
  approvalsFile,
  approve,
  fingerprintOf,
  parseApprovals,
  renderApprovals,
  type SignerSet,
} from '../trust/signer-approvals.js';
import { UsageError } from './command.js';
import { print, renderMinute, type TrustCall } from './trust-call.js';
import { readConfiguredSigners } from './trust-options.js';

/** Shows the configured signers of the list of lists or, given their fingerprint and a name, approves them. */
export async function approveSigners(call: TrustCall & { readonly by: string | undefined }): Promise<number> {
  const { config, rest, by } = call;
  const [fingerprint, ...more] = rest;
  if (more.length > 0) throw new UsageError('say: postern trust approve [FINGERPRINT --by NAME]');
  const set = readConfiguredSigners(config);
  const files = createFileCache(config.cacheDirectory);
  const readSets = async () => parseApprovals(await files.read(approvalsFile.name, approvalsFile.maxBytes));
  if (fingerprint === undefined) {
    print(describe(set, await readSets(), config.trust.lotl.approvals));
    return 0;
  }
  if (fingerprint !== fingerprintOf(set))
    return complain(`the configured signers have the fingerprint ${fingerprintOf(set)}`);
  if (by === undefined || !/^[\p{L}\p{N}][\p{L}\p{N} .@_-]{1,79}$/u.test(by))
    throw new UsageError('say who approves: --by NAME, of letters, digits, spaces and . @ _ -');
  const sets = await files.exclusively(approvalsFile.name, async () => {
    const added = approve(await readSets(), set, { by, at: new Date().toISOString() });
    if (added !== undefined) await files.write(approvalsFile.name, renderApprovals(added));
    return added;
  });
  if (sets === undefined) return complain(`${by} has approved these signers before; another person must`);
  print(describe(set, sets, config.trust.lotl.approvals));
  return 0;
}

function describe(set: SignerSet, sets: readonly ApprovedSet[], needed: number): string {
  const fingerprint = fingerprintOf(set);
  const approvals = sets.find((known) => known.fingerprint === fingerprint)?.approvals ?? [];
  const lines = [
    `Signers ${fingerprint}`,
    `Notice  ${set.officialJournal ?? 'none is named in trust.lotl.officialJournal'}`,
    ...set.certificates.map(describeCertificate),
    ...approvals.map(({ by, at }) => `Approved by ${by} on ${renderMinute(new Date(at))}`),
    approvals.length >= needed
      ? 'They count from the next start of the server on.'
      : `${approvals.length} of ${needed} approvals. Compare the fingerprints with the Official Journal, then: postern trust approve ${fingerprint} --by NAME`,
  ];
  return `${lines.join('\n')}\n`;
}

function describeCertificate(der: Uint8Array): string {
  const { subject, notAfter } = parseCertificate(der);
  const digest = createHash('sha256').update(der).digest('hex');
  return `  ${digest}  until ${renderMinute(notAfter)}  ${renderName(subject)}`;
}

function complain(problem: string): number {
  process.stderr.write(`postern trust: ${problem}\n`);
  return 1;
}
