import { createTrustStore, type TrustStore } from '../trust/trust-store.js';
import { UsageError } from './command.js';
import { print, renderColumns, type TrustCall } from './trust-call.js';
import { fetchFromFiles, type ListFile, newestFiles, readListFiles } from './trust-files.js';
import { readTrustOptions } from './trust-options.js';

/** What became of a file. */
interface ImportResult {
  readonly file: string;
  readonly territory: string | null;
  readonly sequence: number | null;
  readonly outcome: 'imported' | 'already in force' | 'used as pivot' | 'held back' | 'refused' | 'older';
  readonly reason: string | null;
}

/** Takes lists from files as if they had been fetched; answers 0 when each is in force. */
export async function importLists(call: TrustCall): Promise<number> {
  if (call.rest.length === 0) throw new UsageError('name the files or directories to import');
  const files = readListFiles(call.rest);
  const options = readTrustOptions(call.config);
  const pointers = () => store.listOf('EU')?.list.pointers ?? [];
  const store: TrustStore = createTrustStore({
    ...options,
    fetch: fetchFromFiles(files, options.lotlUrl, pointers),
    clock: () => new Date(),
  });
  try {
    await store.restore();
    const before = new Set(files.map(({ sha256 }) => sha256).filter((sha256) => isInForce(store, sha256, files)));
    await store.refresh();
    const results = files.map((file) => resultOf(file, { store, before, files }));
    print(call.json ? `${JSON.stringify(results, null, 2)}\n` : renderText(results));
    return results.some(({ outcome }) => outcome === 'refused' || outcome === 'held back') ? 1 : 0;
  } finally {
    store.stop();
  }
}

interface ImportOccasion {
  readonly store: TrustStore;
  readonly before: ReadonlySet<string>;
  readonly files: readonly ListFile[];
}

function isInForce(store: TrustStore, sha256: string, files: readonly ListFile[]): boolean {
  const list = files.find((file) => file.sha256 === sha256)?.list;
  return list !== undefined && store.listOf(list.territory)?.status.sha256 === sha256;
}

function resultOf(file: ListFile, { store, before, files }: ImportOccasion): ImportResult {
  const { list, path, sha256 } = file;
  const said = { file: path, territory: list?.territory ?? null, sequence: list?.sequence ?? null };
  if (list === undefined) return { ...said, outcome: 'refused', reason: file.problem };
  if (isInForce(store, sha256, files))
    return { ...said, outcome: before.has(sha256) ? 'already in force' : 'imported', reason: null };
  if (newestFiles(files).get(list.territory) !== file) {
    const pivot = list.kind === 'list-of-lists' && list.pointers.length > 0;
    return {
      ...said,
      outcome: pivot ? 'used as pivot' : 'older',
      reason: pivot ? null : 'another file has a newer one',
    };
  }
  const report = store.report().lists.find(({ territory }) => territory === list.territory);
  const reason = report?.reason ?? `the list of lists in force points to no list of ${list.territory}`;
  return { ...said, outcome: report?.state === 'quarantined' ? 'held back' : 'refused', reason };
}

function renderText(results: readonly ImportResult[]): string {
  const head = ['FILE', 'LIST', 'SEQUENCE', 'OUTCOME'];
  const rows = results.map(({ file, territory, sequence, outcome, reason }) => [
    file,
    territory ?? '-',
    String(sequence ?? '-'),
    reason === null ? outcome : `${outcome}: ${reason}`,
  ]);
  return renderColumns([head, ...rows]);
}
