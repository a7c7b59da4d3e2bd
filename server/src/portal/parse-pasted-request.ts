import { createHash } from 'node:crypto';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { parseHeaderList } from '@postern/core/signature/header-list.js';
import type { SignedRequest } from '@postern/core/signature/verify-request-signature.js';

const requestLine = /^([A-Z]{1,20}) (\/[\x21-\x7e]{0,8000}) HTTP\/1\.1$/;

/**
 * Reads a request that was pasted as text: request line, headers, an empty line, the body. Throws Refusal REQUEST_MALFORMED or
 * REQUEST_TOO_LARGE. A browser sends every line end of a text field as CR LF: of the two bodies that may have been meant, the one that
 * the Digest header is of counts, and otherwise the one with LF.
 */
export function parsePastedRequest(text: string): SignedRequest {
  const whole = text.replaceAll('\r\n', '\n').replace(/^\n+/, '');
  const end = whole.indexOf('\n\n');
  const [first = '', ...lines] = (end < 0 ? whole.trimEnd() : whole.slice(0, end)).split('\n');
  const [, method, target] = requestLine.exec(first.trim()) ?? [];
  if (method === undefined || target === undefined)
    throw new Refusal('REQUEST_MALFORMED', 'The first line is not of the form "GET /path HTTP/1.1".');
  const headers = parseHeaderList(lines.flatMap(readField));
  const body = chooseBody(end < 0 ? '' : whole.slice(end + 2), headers.get('digest')?.join() ?? '');
  return { method, target, headers, body };
}

function readField(line: string): readonly string[] {
  const colon = line.indexOf(':');
  if (colon < 1) throw new Refusal('REQUEST_MALFORMED', 'A header line has no colon.');
  return [line.slice(0, colon), line.slice(colon + 1)];
}

function chooseBody(text: string, digest: string): Uint8Array {
  const bare = text.endsWith('\n') ? text.slice(0, -1) : text;
  const meant = [text, bare, text.replaceAll('\n', '\r\n'), bare.replaceAll('\n', '\r\n')].map((body) =>
    Buffer.from(body),
  );
  const hashed = meant.find((body) => digest.includes(createHash('sha256').update(body).digest('base64')));
  return hashed ?? Buffer.from(bare);
}
