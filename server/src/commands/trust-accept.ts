import { createFileCache } from '../fetch/file-cache.js';
import { createListFiles, digestOf } from '../trust/list-files.js';
import { verifyList } from '../trust/verify-list.js';
import { UsageError } from './command.js';
import { type TrustCall, withKeptLists } from './trust-call.js';

/** Lets in the list that is held back, if it is the one that the operator looked at and its signature still verifies. */
export async function acceptList(call: TrustCall): Promise<number> {
  const [territory, sequence, ...more] = call.rest;
  if (territory === undefined || !/^[A-Z]{2}$/.test(territory) || !/^\d+$/.test(sequence ?? '') || more.length > 0)
    throw new UsageError('say which: postern trust accept TERRITORY SEQUENCE');
  const problem = await release(call, territory, Number(sequence));
  if (problem !== undefined) {
    process.stderr.write(`postern trust: ${problem}\n`);
    return 1;
  }
  process.stdout.write(`List ${territory} ${sequence} is accepted. A running server takes it at its next refresh.\n`);
  return 0;
}

async function release(call: TrustCall, territory: string, sequence: number): Promise<string | undefined> {
  const files = createListFiles(createFileCache(call.config.cacheDirectory), territory);
  const octets = await files.readQuarantined();
  if (octets === undefined) return `no list of ${territory} is held back`;
  const signers = await withKeptLists(call, (store) => store.signersOf(territory, octets));
  if (typeof signers === 'string') return signers;
  const verified = verifyList({ octets, signers });
  if ('refused' in verified) return verified.refused;
  if (verified.list.sequence !== sequence)
    return `the list that is held back has the sequence ${verified.list.sequence}`;
  await files.writeRelease(digestOf(octets));
  await files.writeList(octets);
  const inForce = await withKeptLists(call, async (store) => store.listOf(territory)?.list.sequence);
  if (inForce !== sequence) return `the list was not taken; ${inForce ?? 'none'} is in force`;
  await files.removeQuarantined();
  return undefined;
}
