import { Refusal } from '@postern/core/refusal/refusal.js';

const mostParameters = 100;

/**
 * Parses application/x-www-form-urlencoded bytes into parameters. A parameter may stand once only (RFC 6749 section 3.2);
 * `repeatable` names the exceptions. Throws `Refusal` OAUTH_REQUEST_INVALID on repeats, NUL, broken or non-UTF-8 encoding.
 */
export function parseForm(
  body: Uint8Array,
  repeatable: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, readonly string[]> {
  const text = decodeUtf8(body);
  const form = new Map<string, string[]>();
  const pairs = text === '' ? [] : text.split('&');
  if (pairs.length > mostParameters)
    throw new Refusal('OAUTH_REQUEST_INVALID', `More than ${mostParameters} parameters.`);
  for (const pair of pairs) {
    const position = pair.indexOf('=');
    const name = decode(position < 0 ? pair : pair.slice(0, position));
    const value = decode(position < 0 ? '' : pair.slice(position + 1));
    const before = form.get(name);
    if (before === undefined) form.set(name, [value]);
    else if (repeatable.has(name)) before.push(value);
    else throw new Refusal('OAUTH_REQUEST_INVALID', `The parameter ${printable(name)} may stand only once.`);
  }
  return form;
}

function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new Refusal('OAUTH_REQUEST_INVALID', 'The body is not UTF-8.');
  }
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', ' '));
    if (!decoded.includes('\0')) return decoded;
  } catch {
    // Falls through to the refusal: the text of URIError says nothing to the sender.
  }
  throw new Refusal('OAUTH_REQUEST_INVALID', 'A parameter is not percent-encoded UTF-8, or holds NUL.');
}

function printable(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '?').slice(0, 40);
}
