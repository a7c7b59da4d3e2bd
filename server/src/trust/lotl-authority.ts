import type { FileCache } from '../fetch/file-cache.js';
import type { GuardedFetch } from '../fetch/guarded-fetch.js';
import { followPivots, type OfficialJournal, type PivotPorts } from './follow-pivots.js';
import { digestOf } from './list-files.js';
import { xmlLimits } from './scan-xml.js';
import type { ListTask, VerifiedList } from './verify-list.js';
import type { ListSource } from './watched-list.js';

export interface LotlAuthorityOptions {
  readonly lotlUrl: string;
  /** The certificates that the Official Journal names, DER. */
  readonly lotlSigners: readonly Uint8Array[];
  readonly officialJournal?: string | undefined;
  readonly fetch: GuardedFetch | undefined;
  readonly cache: FileCache;
  readonly verify: (task: ListTask) => Promise<VerifiedList>;
}

/** Who may sign the list of lists: those whom the Official Journal names, and whom the pivots lead to from there. */
export function createLotlAuthority(
  options: LotlAuthorityOptions,
): Pick<ListSource, 'authority' | 'authorityKey' | 'stillAllows'> {
  const journal: OfficialJournal = {
    signers: new Set(options.lotlSigners.map(digestOf)),
    address: options.officialJournal,
  };
  const { cache, verify } = options;
  const ports: PivotPorts = {
    verify,
    fetchPivot: (address) => fetchPivot(address, options),
    readKept: (address) => cache.read(pivotName(address), xmlLimits.maxBytes),
    keep: (address, octets) => cache.write(pivotName(address), octets).catch(() => undefined),
  };
  return {
    authority: async (octets) => {
      const said = await verify({ octets, signers: 'anyone' });
      return 'refused' in said ? said.refused : followPivots(said.list, journal, ports);
    },
    authorityKey: [...journal.signers].join(),
    stillAllows: () => true,
  };
}

/** The address stands in a list that is not verified yet: it may lead no further than to where the list itself came from. */
async function fetchPivot(
  address: string,
  { lotlUrl, fetch }: LotlAuthorityOptions,
): Promise<Uint8Array | { readonly failure: string }> {
  if (fetch === undefined) return { failure: 'it was not imported' };
  if (new URL(address).origin !== new URL(lotlUrl).origin)
    return { failure: 'it is not at the origin of the list of lists' };
  const answer = await fetch(address, { maxBytes: xmlLimits.maxBytes, timeoutMs: 20_000 });
  return answer.failure === undefined ? answer.bytes : { failure: answer.failure };
}

function pivotName(address: string): string {
  return `pivot-${digestOf(new TextEncoder().encode(address)).slice(0, 32)}.xml`;
}
