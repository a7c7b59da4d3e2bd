import type { RequestField, RequestProblem } from '@postern/web/views/test-certificates-view.js';
import { holdsPrivateKey } from '../../http/holds-private-key.js';
import { parseMultipart } from '../../http/parse-multipart.js';
import type { PageRequest } from './page-place.js';

/** A form with certification requests, as it was filled in; what shows a private key is not in it any more. */
export interface Submission {
  /** Of the last field of a name; empty when there is none. */
  value(name: string): string;
  values(name: string): readonly string[];
  readonly problems: readonly RequestProblem[];
}

const requests = ['website_csr', 'seal_csr'] as const;

/** Reads multipart/form-data in which each certification request is pasted, or chosen as a file in PEM or DER. Throws Refusal. */
export function readSubmission(request: PageRequest): Submission {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const fields = new Map<string, string[]>();
  const problems: RequestProblem[] = [];
  for (const { name, octets, isFile } of parseMultipart(request.headers['content-type'], body)) {
    const text = isFile ? readFile(octets) : Buffer.from(octets).toString('utf8');
    const key = holdsPrivateKey(text);
    if (key) problems.push({ field: fieldOf(name), kind: 'private-key' });
    fields.set(name, [...(fields.get(name) ?? []), key ? '' : text]);
  }
  const values = (name: string) => fields.get(name) ?? [];
  const value = (name: string) => values(name).at(-1) ?? '';
  const chosen = new Map<string, string>(requests.map((name) => [name, value(`${name}_file`) || value(name)]));
  for (const name of requests) {
    const twice = value(name).trim() !== '' && value(`${name}_file`) !== '';
    if (twice) problems.push({ field: name, kind: 'both-ways' });
  }
  return { values, value: (name) => chosen.get(name) ?? value(name), problems };
}

/** What may stand in the field again: a certification request by its looks, and nothing that was not one. */
export function showAgain(text: string): string {
  return /^\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----[\w+/=\s-]*$/.test(text) ? text : '';
}

/** DER as base64, which is read just as well. */
function readFile(octets: Uint8Array): string {
  const buffer = Buffer.from(octets);
  return buffer[0] === 0x30 ? buffer.toString('base64') : buffer.toString('latin1');
}

function fieldOf(name: string): RequestField {
  if (name === 'organization_name' || name === 'contact') return name;
  return name.startsWith('seal') ? 'seal_csr' : 'website_csr';
}
