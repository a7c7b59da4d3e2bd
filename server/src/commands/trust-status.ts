import type { ListReport } from '../trust/list-report.js';
import type { TrustReport } from '../trust/trust-store.js';
import { print, renderColumns, renderMinute, type TrustCall, withKeptLists } from './trust-call.js';

/** Shows the lists kept on disk; answers 0 when all of them are well. */
export async function showTrustStatus(call: TrustCall): Promise<number> {
  const report = await withKeptLists(call, async (store) => store.report());
  print(call.json ? `${JSON.stringify(toJson(report), null, 2)}\n` : renderText(report));
  return report.state === 'ok' ? 0 : 1;
}

function toJson({ state, reason, lists, pinned, unreadable, signers }: TrustReport): object {
  return {
    state,
    reason: reason ?? null,
    lists: lists.map(({ checkedAt: _never, ...list }) => ({
      ...list,
      reason: list.reason ?? null,
      sequence: list.sequence ?? null,
      issuedAt: list.issuedAt ?? null,
      nextUpdate: list.nextUpdate ?? null,
    })),
    pinned,
    signerEnds: signers.ends ?? null,
    warnings: signers.warnings,
    unreadableCertificates: unreadable,
  };
}

function renderText({ lists, pinned, unreadable, signers }: TrustReport): string {
  const head = ['LIST', 'SEQUENCE', 'ISSUED (UTC)', 'NEXT UPDATE (UTC)', 'GRANTED', 'WITHDRAWN', 'STATE'];
  const remarks = lists.flatMap(({ territory, reason, skipped }) => [
    ...(reason === undefined ? [] : [`${territory}: ${reason}`]),
    ...skipped.map((text) => `${territory}: ${text}`),
  ]);
  if (unreadable > 0) remarks.push(`${unreadable} CA certificates cannot be read: what they issued finds no path`);
  const lines = [...remarks, ...signers.warnings.map((text) => `EU: ${text}`), ...pinned]
    .map((remark) => `${remark}\n`)
    .join('');
  return `${renderColumns([head, ...lists.map(toRow)])}${lines === '' ? '' : `\n${lines}`}`;
}

function toRow({ territory, sequence, issuedAt, nextUpdate, services, state }: ListReport): readonly string[] {
  const next = sequence !== undefined && nextUpdate === undefined ? 'closed' : renderMinute(nextUpdate);
  const counts = territory === 'EU' ? ['-', '-'] : [String(services.granted), String(services.withdrawn)];
  return [territory, String(sequence ?? '-'), renderMinute(issuedAt), next, ...counts, state];
}
