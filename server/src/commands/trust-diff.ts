import type { TrustService } from '@postern/core/trust/trust-service.js';
import { compareLists, type ListDifference } from '../trust/compare-lists.js';
import { countEntries, judgeList } from '../trust/judge-list.js';
import type { TrustStore } from '../trust/trust-store.js';
import type { TrustedList } from '../trust/trusted-list.js';
import { verifyList } from '../trust/verify-list.js';
import { UsageError } from './command.js';
import { print, type TrustCall, withKeptLists } from './trust-call.js';
import { type ListFile, readListFiles } from './trust-files.js';

/** What a file would change, or why it would change nothing. */
interface FileDifference {
  readonly file: string;
  readonly territory: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly outcome: 'accepted' | 'refused' | 'quarantined';
  readonly reason: string | null;
  readonly difference: ListDifference | undefined;
}

/** Compares files with the lists in force; answers 0 when all of them would be taken. */
export async function diffLists(call: TrustCall): Promise<number> {
  if (call.rest.length === 0) throw new UsageError('name the files or directories to compare');
  const files = readListFiles(call.rest);
  const found = await withKeptLists(call, (store) => Promise.all(files.map((file) => diffFile(file, store))));
  print(call.json ? `${JSON.stringify(found.map(toJson), null, 2)}\n` : found.map(renderText).join('\n'));
  return found.every(({ outcome }) => outcome === 'accepted') ? 0 : 1;
}

async function diffFile(file: ListFile, store: TrustStore): Promise<FileDifference> {
  const territory = file.list?.territory ?? null;
  const inForce = territory === null ? undefined : store.listOf(territory)?.list;
  const said = { file: file.path, territory, from: inForce?.sequence ?? null, to: file.list?.sequence ?? null };
  const refuse = (reason: string) => ({ ...said, outcome: 'refused' as const, reason, difference: undefined });
  if (territory === null) return refuse(file.problem);
  const signers = await store.signersOf(territory, file.octets);
  if (typeof signers === 'string') return refuse(signers);
  const verified = verifyList({ octets: file.octets, signers });
  if ('refused' in verified) return refuse(verified.refused);
  const judged = judgeAgainst(verified.list, inForce);
  const reason = judged.outcome === 'accepted' ? null : judged.reason;
  return { ...said, outcome: judged.outcome, reason, difference: compareLists(inForce, verified.list) };
}

function judgeAgainst(list: TrustedList, inForce: TrustedList | undefined): ReturnType<typeof judgeList> {
  const { territory, kind } = list;
  const floor =
    inForce === undefined ? undefined : { ...inForce, ...countEntries(inForce), pivots: [], journalAddress: undefined };
  return judgeList(list, { territory, kind, floor, released: false, pivots: [], journalAddress: undefined });
}

function toJson({ difference, ...rest }: FileDifference): object {
  return {
    ...rest,
    added: difference?.added.map(describe) ?? [],
    removed: difference?.removed.map(describe) ?? [],
    changed:
      difference?.changed.map(({ before, after }) => ({ before: describe(before), after: describe(after) })) ?? [],
  };
}

function describe({ providerName, serviceName, statuses: [status] }: TrustService) {
  return {
    provider: providerName,
    service: serviceName,
    status: status?.status.split('/').at(-1) ?? '',
    since: status?.startingAt.toISOString() ?? '',
    uses: status?.uses ?? [],
  };
}

function renderText({ file, territory, from, to, outcome, reason, difference }: FileDifference): string {
  const verdict = { accepted: 'would be taken', refused: 'would be refused', quarantined: 'would be held back' }[
    outcome
  ];
  const lines = [
    `${file}: ${territory ?? '-'} ${from ?? 'none'} -> ${to ?? '-'}, ${verdict}${reason === null ? '' : `: ${reason}`}`,
  ];
  for (const service of difference?.added ?? []) lines.push(`  + ${renderService(service)}`);
  for (const service of difference?.removed ?? []) lines.push(`  - ${renderService(service)}`);
  for (const { before, after } of difference?.changed ?? [])
    lines.push(`  ~ ${renderService(after)}, before: ${renderStatus(before)}`);
  const count = difference === undefined ? 1 : lines.length - 1;
  return `${[...lines, ...(count === 0 ? ['  no service differs'] : [])].join('\n')}\n`;
}

function renderService(service: TrustService): string {
  return `${service.providerName}: ${service.serviceName}: ${renderStatus(service)}`;
}

function renderStatus(service: TrustService): string {
  const { status, since, uses } = describe(service);
  return `${status} since ${since.slice(0, 10)}${uses.length === 0 ? '' : ` for ${uses.join(', ')}`}`;
}
