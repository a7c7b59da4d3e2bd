import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isSamePerson } from '../same-person.js';

/** Who may sign the list of lists, as the configuration says it: the certificates of a notice of the Official Journal. */
export interface SignerSet {
  /** DER. */
  readonly certificates: readonly Uint8Array[];
  /** The address of the notice. */
  readonly officialJournal: string | undefined;
}

export interface Approval {
  /** As the person gave it: a command line cannot prove who types. */
  readonly by: string;
  readonly at: string;
}

/** A set that somebody has approved; the certificates are kept, so that it can go on counting while another one waits. */
export interface ApprovedSet {
  readonly fingerprint: string;
  /** DER, base64. */
  readonly certificates: readonly string[];
  readonly officialJournal?: string | undefined;
  readonly approvals: readonly Approval[];
}

/** The signers that count now; `waiting` says what still has to be done before the configured ones do. */
export interface SignersInForce extends SignerSet {
  readonly waiting: string | undefined;
}

export const approvalsFile = { name: 'list-of-lists-signers.json', maxBytes: 1_000_000 } as const;
const mostSets = 20;

const schema = z.strictObject({
  sets: z
    .array(
      z.strictObject({
        fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
        certificates: z.array(z.base64().max(20_000)).max(50),
        officialJournal: z.string().max(500).optional(),
        approvals: z.array(z.strictObject({ by: z.string().min(1).max(80), at: z.iso.datetime() })).max(20),
      }),
    )
    .max(mostSets),
});

/** SHA-256 over what a set says, whatever the order of its certificates; lower-case hexadecimal. */
export function fingerprintOf({ certificates, officialJournal }: SignerSet): string {
  const digests = certificates.map((der) => createHash('sha256').update(der).digest('hex')).toSorted();
  return createHash('sha256')
    .update(JSON.stringify([digests, officialJournal ?? null]))
    .digest('hex');
}

/** The sets once approved, the latest last; none when the file is missing or is not one. */
export function parseApprovals(octets: Uint8Array | undefined): readonly ApprovedSet[] {
  if (octets === undefined) return [];
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(octets))).sets;
  } catch {
    return [];
  }
}

export function renderApprovals(sets: readonly ApprovedSet[]): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ sets: sets.slice(-mostSets) }, null, 2)}\n`);
}

/** Adds one person's approval of a set, which becomes the latest; undefined when that person has approved it before. */
export function approve(
  sets: readonly ApprovedSet[],
  set: SignerSet,
  approval: Approval,
): readonly ApprovedSet[] | undefined {
  const fingerprint = fingerprintOf(set);
  const approvals = sets.find((known) => known.fingerprint === fingerprint)?.approvals ?? [];
  if (approvals.some(({ by }) => isSamePerson(by, approval.by))) return undefined;
  const certificates = set.certificates.map((der) => Buffer.from(der).toString('base64'));
  const approved = { fingerprint, certificates, approvals: [...approvals, approval] };
  const named = set.officialJournal === undefined ? approved : { ...approved, officialJournal: set.officialJournal };
  return [...sets.filter((known) => known.fingerprint !== fingerprint), named];
}

/**
 * The configured signers once `needed` people have approved them (attack row U10); until then the set that was approved last,
 * or nobody: a list signed by others is refused and the last good lists stay.
 */
export function chooseSigners(configured: SignerSet, sets: readonly ApprovedSet[], needed: number): SignersInForce {
  const fingerprint = fingerprintOf(configured);
  const found = sets.find((known) => known.fingerprint === fingerprint)?.approvals.length ?? 0;
  if (found >= needed) return { ...configured, waiting: undefined };
  const waiting = `the configured signers of the list of lists have ${found} of ${needed} approvals; compare them with the Official Journal, then: postern trust approve ${fingerprint} --by NAME`;
  const before = sets.findLast((known) => known.fingerprint !== fingerprint && known.approvals.length >= needed);
  if (before === undefined) return { certificates: [], officialJournal: undefined, waiting };
  const certificates = before.certificates.map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  return { certificates, officialJournal: before.officialJournal, waiting };
}
