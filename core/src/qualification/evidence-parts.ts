import { createHash } from 'node:crypto';
import { Refusal } from '../refusal/refusal.js';

/** How a record of evidence holds what is long and comes again: in itself, or by its digest "sha256:…". */
export interface PartWriter {
  bytes(octets: Uint8Array): string;
  json<Value extends object>(value: Value): Value | string;
}

/** Gives back what stands in a record as a digest; what stands in it as such is given back as it is. */
export interface PartReader {
  bytes(text: string): Uint8Array;
  json(value: unknown): unknown;
}

/** Octets by the hexadecimal SHA-256 of them. */
export type EvidenceParts = ReadonlyMap<string, Uint8Array>;

/** The form of a digest in a record; no base64 text has it. */
export const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** Everything in the record itself. */
export const writeInline: PartWriter = {
  bytes: (octets) => Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('base64'),
  json: (value) => value,
};

/** Collects parts beside a record, which then names them by their digests. */
export function collectParts(): { readonly writer: PartWriter; readonly parts: EvidenceParts } {
  const parts = new Map<string, Uint8Array>();
  const bytes = (octets: Uint8Array) => {
    const digest = digestOf(octets);
    parts.set(digest, octets);
    return `sha256:${digest}`;
  };
  return { parts, writer: { bytes, json: (value) => bytes(Buffer.from(JSON.stringify(value))) } };
}

/**
 * Reads records whose parts are these. Refuses (REQUEST_MALFORMED) a part that is missing, or whose octets are not those of its
 * digest: what was decided on them cannot be known any more.
 */
export function readParts(parts: EvidenceParts): PartReader {
  const find = (text: string) => {
    const digest = text.slice('sha256:'.length);
    const octets = parts.get(digest);
    if (octets === undefined) throw unreadable(`Evidence ${text} is missing.`);
    if (createHash('sha256').update(octets).digest('hex') !== digest)
      throw unreadable(`Evidence ${text} has been altered: its octets have another digest.`);
    return octets;
  };
  return {
    bytes: (text) => (digestPattern.test(text) ? find(text) : new Uint8Array(Buffer.from(text, 'base64'))),
    json: (value) => (typeof value === 'string' ? parseJson(value, find(value)) : value),
  };
}

const digests = new WeakMap<Uint8Array, string>();

/** Hashed once for the same array: one CRL of megabytes stands behind many decisions. */
function digestOf(octets: Uint8Array): string {
  const known = digests.get(octets);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(octets).digest('hex');
  digests.set(octets, digest);
  return digest;
}

function parseJson(name: string, octets: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(octets).toString());
  } catch {
    throw unreadable(`Evidence ${name} is not JSON.`);
  }
}

function unreadable(message: string): Refusal {
  return new Refusal('REQUEST_MALFORMED', message);
}
