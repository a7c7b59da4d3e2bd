import type { ListPointer, TrustedList } from './trusted-list.js';
import type { ListTask, VerifiedList } from './verify-list.js';

/** Where the trust in the list of lists begins. */
export interface OfficialJournal {
  /** SHA-256 of the signers' certificates that it names, lower-case hexadecimal. */
  readonly signers: ReadonlySet<string>;
  /** The address of the notice that names them, as the list of lists gives it; undefined where nobody entered it. */
  readonly address: string | undefined;
}

export interface PivotPorts {
  readonly verify: (task: ListTask) => Promise<VerifiedList>;
  readonly fetchPivot: (address: string) => Promise<Uint8Array | { readonly failure: string }>;
  /** Pivots never change: one that verified is kept for ever, and verified anew each time. */
  readonly readKept: (address: string) => Promise<Uint8Array | undefined>;
  readonly keep: (address: string, octets: Uint8Array) => Promise<void>;
}

/** The list of lists that changed its signers last. */
export interface NewestPivot {
  readonly sequence: number;
  readonly issuedAt: Date;
}

/** Who may sign the list of lists now, and the way there. */
export interface FollowedPivots {
  readonly signers: ReadonlySet<string>;
  /** Their sequence numbers, oldest first. */
  readonly pivots: readonly number[];
  readonly newestPivot: NewestPivot | undefined;
  /** The address of the newest notice of the Official Journal that the list names. */
  readonly journalAddress: string | undefined;
  /** Whether an operator entered which notice it is to be. */
  readonly journalEntered: boolean;
  /** Set when that is not the one that was entered: somebody has to look. */
  readonly alarm: string | undefined;
}

/**
 * Finds who may sign a list of lists (ETSI TS 119 615 v1.4.1, 4.1): from the certificates of the Official Journal through the
 * pivots that it names, each signed by one whom the one before allowed. All of them are followed, so that a signer whom a
 * pivot removed stays removed. `list` is what an unverified list says of itself: it can only ask for more steps to be
 * verified. Answers a sentence when the way breaks off.
 */
export async function followPivots(
  list: TrustedList,
  journal: OfficialJournal,
  ports: PivotPorts,
): Promise<FollowedPivots | string> {
  const { pivots, journalAddress, alarm } = readWay(list.informationAddresses, journal.address);
  if (pivots.length > maxPivots) return `The list of lists names ${pivots.length} pivots, ${maxPivots} are allowed.`;
  let { signers } = journal;
  const sequences: number[] = [];
  let newestPivot: NewestPivot | undefined;
  for (const address of pivots.toReversed()) {
    const pivot = await verifyPivot(address, signers, ports);
    if (typeof pivot === 'string') return pivot;
    if (pivot.sequence <= (sequences.at(-1) ?? 0) || pivot.sequence > list.sequence)
      return `The pivot ${address} has the sequence number ${pivot.sequence}, which is out of order.`;
    sequences.push(pivot.sequence);
    newestPivot = { sequence: pivot.sequence, issuedAt: pivot.issuedAt };
    signers = signersNamedBy(pivot.pointers);
  }
  const journalEntered = journal.address !== undefined;
  return { signers, pivots: sequences, newestPivot, journalAddress, journalEntered, alarm };
}

const maxPivots = 30;

/** Newest first: pivots, the notice that they start from, and then what came before and no longer matters. */
function readWay(addresses: readonly string[], entered: string | undefined) {
  const newest = addresses.find((address) => address === entered || isJournal(address));
  const start = entered !== undefined && addresses.includes(entered) ? entered : newest;
  const before = start === undefined ? addresses : addresses.slice(0, addresses.indexOf(start));
  const changed = entered !== undefined && newest !== entered;
  return {
    pivots: before.filter(isPivot),
    journalAddress: newest,
    alarm: changed
      ? `the list of lists names ${newest ?? 'no notice of the Official Journal'}, where ${entered} was entered: compare its signers with trust.lotl.signers`
      : undefined,
  };
}

function isJournal(address: string): boolean {
  return URL.canParse(address) && new URL(address).hostname === 'eur-lex.europa.eu';
}

function isPivot(address: string): boolean {
  return URL.canParse(address) && new URL(address).pathname.endsWith('.xml');
}

async function verifyPivot(
  address: string,
  signers: ReadonlySet<string>,
  ports: PivotPorts,
): Promise<TrustedList | string> {
  const kept = await ports.readKept(address);
  const known = kept === undefined ? undefined : await readPivot(kept, signers, ports);
  if (known !== undefined && typeof known !== 'string') return known;
  const fetched = await ports.fetchPivot(address);
  if ('failure' in fetched) return `The pivot ${address} is missing: ${fetched.failure}.`;
  const pivot = await readPivot(fetched, signers, ports);
  if (typeof pivot === 'string') return `The pivot ${address} is refused: ${pivot}`;
  await ports.keep(address, fetched);
  return pivot;
}

async function readPivot(
  octets: Uint8Array,
  signers: ReadonlySet<string>,
  { verify }: PivotPorts,
): Promise<TrustedList | string> {
  const verified = await verify({ octets, signers });
  if ('refused' in verified) return verified.refused;
  const { list } = verified;
  return list.kind === 'list-of-lists' && list.territory === 'EU' ? list : 'It is no list of lists.';
}

/** The pointer of the list of lists to itself names its signers. */
function signersNamedBy(pointers: readonly ListPointer[]): ReadonlySet<string> {
  const own = pointers.filter(({ territory, mimeType }) => territory === 'EU' && mimeType === listMimeType);
  return new Set(own.flatMap(({ signers }) => signers));
}

const listMimeType = 'application/vnd.etsi.tsl+xml';
