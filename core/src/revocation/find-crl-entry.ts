import { type DerElement, DerMembers, parseDer, refuseDer } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import { readTime } from '../asn1/der-time.js';
import { tlv } from '../asn1/der-writer.js';
import type { Extension } from '../certificate/certificate.js';
import { parseExtensions } from '../certificate/parse-extensions.js';
import { readRevocationReason } from './read-revocation-reason.js';
import type { RevocationReason } from './revocation-status.js';

export interface CrlEntry {
  readonly revokedAt: Date;
  readonly reason: RevocationReason | undefined;
}

const reasonCode = '2.5.29.21';
const understoodWhenCritical: ReadonlySet<string> = new Set([reasonCode, '2.5.29.24']);

/** Finds the entry of a serial number (RFC 5280 clause 5.3); throws Refusal if any entry has a critical extension that is not understood. */
export function findCrlEntry(entries: DerElement | undefined, serialNumber: string): CrlEntry | undefined {
  if (entries === undefined) return undefined;
  const mayBeCritical = Buffer.from(
    entries.content.buffer,
    entries.content.byteOffset,
    entries.content.length,
  ).includes(criticalTrue);
  const serial = tlv(tag.integer, Buffer.from(serialNumber, 'hex'));
  const members = new DerMembers(entries);
  let found: DerElement | undefined;
  while (!members.atEnd) {
    const entry = members.next(tag.sequence, 'revokedCertificate');
    if (Buffer.compare(entry.content.subarray(0, serial.length), serial) === 0) {
      if (found !== undefined) refuseDer('revokedCertificates', 'the serial number is there twice');
      found = entry;
    }
    // Entries are many: one is only taken apart when it is the one sought or could hold a critical extension.
    if (mayBeCritical) readEntry(entry);
  }
  return found === undefined ? undefined : readEntry(found);
}

/** How DER writes "critical": an entry without these octets has nothing critical. */
const criticalTrue = Buffer.from([0x01, 0x01, 0xff]);

function readEntry(entry: DerElement): CrlEntry {
  const members = new DerMembers(entry);
  members.next(tag.integer, 'userCertificate');
  const revokedAt = readTime(members.any('revocationDate'));
  const extensions: readonly Extension[] = members.atEnd
    ? []
    : readExtensions(members.next(tag.sequence, 'crlEntryExtensions'));
  members.end();
  const unknown = extensions.find(({ oid, critical }) => critical && !understoodWhenCritical.has(oid));
  if (unknown !== undefined) {
    refuseDer('crlEntryExtensions', `the critical extension ${unknown.oid} is not understood`);
  }
  const reason = extensions.find(({ oid }) => oid === reasonCode);
  return { revokedAt, reason: reason && readRevocationReason(parseDer(reason.value, 'reasonCode', tag.enumerated)) };
}

function readExtensions(element: DerElement): Extension[] {
  return parseExtensions({ ...element, content: element.encoded });
}
