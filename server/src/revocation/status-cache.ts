import { createHash } from 'node:crypto';
import type { RevocationAnswer } from '@postern/core/revocation/revocation-answer.js';
import type { StatusSubject } from '@postern/core/revocation/revocation-status.js';
import { z } from 'zod';
import { createFileCache } from '../fetch/file-cache.js';

/** Keeps the answer that decided on each certificate, so that a start does not depend on the sources. What is read is judged anew. */
export interface StatusCache {
  read(subject: StatusSubject): Promise<ReceivedAnswer | undefined>;
  /** Rejects when the disk does. */
  write(subject: StatusSubject, answer: ReceivedAnswer): Promise<void>;
  remove(subject: StatusSubject): Promise<void>;
  /** Removes files written before, but those of certificates and CRLs in use; answers how many. */
  sweep(before: Date, inUse: readonly KeptSubject[]): Promise<number>;
}

/** A certificate in use, and the address of the CRL that decided on it. */
export interface KeptSubject {
  readonly subject: StatusSubject;
  readonly crlAddress: string | undefined;
}

type ReceivedAnswer = Extract<RevocationAnswer, { bytes: Uint8Array }>;

const maxRecordBytes = 256 * 1024;
const maxCrlBytes = 20 * 1024 * 1024;

/** Ours alone: lists and register lie in the same directory. With a draft that a crash left behind. */
const sweptNames = /^(status-[0-9a-f]{64}\.json|crl-[0-9a-f]{64}\.der)(\.[0-9a-f-]{36})?$/;

const recordSchema = z.strictObject({
  source: z.enum(['ocsp', 'crl']),
  address: z.string().max(10_000),
  receivedAt: z.iso.datetime({ precision: 3 }),
  /** Of an OCSP response, base64; a CRL lies beside, once for all certificates that it speaks of. */
  bytes: z.base64().optional(),
});

/** A file for each certificate and one for each address of a CRL, each replaced as a whole. */
export function createStatusCache(directory: string): StatusCache {
  const files = createFileCache(directory);
  const writtenCrls = new WeakSet<Uint8Array>();
  return {
    read: async (subject) => {
      const record = parseRecord(await files.read(nameOf(subject), maxRecordBytes));
      if (record === undefined) return undefined;
      const { source, address, bytes } = record;
      const octets =
        bytes === undefined
          ? await files.read(crlName(address), maxCrlBytes)
          : new Uint8Array(Buffer.from(bytes, 'base64'));
      return octets === undefined
        ? undefined
        : { source, address, receivedAt: new Date(record.receivedAt), bytes: octets };
    },
    write: async (subject, { source, address, receivedAt, bytes }) => {
      if (source === 'crl' && !writtenCrls.has(bytes)) {
        writtenCrls.add(bytes);
        await files.write(crlName(address), bytes);
      }
      const record = { source, address, receivedAt: receivedAt.toISOString() };
      const own = source === 'ocsp' ? { bytes: Buffer.from(bytes).toString('base64') } : {};
      await files.write(nameOf(subject), Buffer.from(JSON.stringify({ ...record, ...own })));
    },
    remove: (subject) => files.remove(nameOf(subject)),
    sweep: async (before, inUse) => {
      const used = new Set(
        inUse.flatMap(({ subject, crlAddress }) => [
          nameOf(subject),
          ...(crlAddress === undefined ? [] : [crlName(crlAddress)]),
        ]),
      );
      const idle = (await files.list(before)).filter((name) => sweptNames.test(name) && !used.has(name));
      for (const name of idle) await files.remove(name);
      return idle.length;
    },
  };
}

function parseRecord(octets: Uint8Array | undefined): z.output<typeof recordSchema> | undefined {
  if (octets === undefined) return undefined;
  try {
    return recordSchema.safeParse(JSON.parse(Buffer.from(octets).toString())).data;
  } catch {
    return undefined;
  }
}

function nameOf({ certificate, issuer }: StatusSubject): string {
  return `status-${digest(`${certificate.thumbprint} ${issuer.thumbprint}`)}.json`;
}

function crlName(address: string): string {
  return `crl-${digest(address)}.der`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
