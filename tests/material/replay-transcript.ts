import { readFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { sendOverTls, type TlsAnswer } from './send-over-tls.js';
import type { Credential, RunningDemo } from './start-demo.js';

export const transcripts = fileURLToPath(new URL('../../server/transcripts/', import.meta.url));

/** One transcript to send: what stands in angle brackets in its request is taken from `values`. */
export interface Replay {
  readonly name: string;
  /** Null presents no certificate. */
  readonly as: Credential | null;
  readonly values: Readonly<Record<string, string>>;
  /** Of the realm; that of the demo's production unless given. */
  readonly prefix?: string;
}

export interface Message {
  readonly first: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Sends the request of a transcript and holds the answer against that of the transcript; answers what came. */
export async function replayTranscript(demo: RunningDemo, { name, as, values, prefix }: Replay): Promise<TlsAnswer> {
  const sent = fill(readMessage(demo, `${name}.request`, prefix), values);
  const [method = '', path = ''] = sent.first.split(' ');
  const answer = await sendOverTls({
    method,
    url: `${demo.addresses.api}${path}`,
    ca: demo.ca,
    identity: as ?? undefined,
    headers: Object.fromEntries(sent.headers.filter(([header]) => header !== 'Host')),
    ...(sent.body === '' ? {} : { body: sent.body }),
  });
  expectAnswer(answer, readMessage(demo, `${name}.answer`, prefix));
  return answer;
}

/** A message as it stands in its file, with the addresses of a realm of the demo. */
export function readMessage(demo: RunningDemo, name: string, prefix = '/demo-bank'): Message {
  const text = readFileSync(`${transcripts}${name}.http`, 'utf8')
    .replaceAll('{prefix}', prefix)
    .replaceAll('{issuer}', `${demo.addresses.api}${prefix}`)
    .replaceAll('{host}', new URL(demo.addresses.api).host);
  const [head = '', ...rest] = text.split('\n\n');
  const [first = '', ...lines] = head.trimEnd().split('\n');
  return {
    first,
    headers: lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
    body: rest.join('\n\n'),
  };
}

function fill({ first, headers, body }: Message, values: Readonly<Record<string, string>>): Message {
  const put = (text: string) =>
    text.replaceAll(/<([^<>\n]+)>/g, (_all, placeholder: string) => {
      const value = values[placeholder];
      if (value === undefined) throw new Error(`nothing to put in the place of <${placeholder}>`);
      return value;
    });
  return {
    first: put(first),
    headers: headers.map(([header, value]) => [header, put(value)] as const),
    body: put(body),
  };
}

function expectAnswer(answer: TlsAnswer, wanted: Message): void {
  expect(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`, answer.text).toBe(wanted.first);
  for (const [name, value] of wanted.headers) {
    expect(answer.headers[name.toLowerCase()], name).toEqual(matching(value));
  }
  if (wanted.body === '') expect(answer.text).toBe('');
  else compare(answer.json, JSON.parse(wanted.body), '');
}

/** What stands in angle brackets may be any text; everything else must be the same. */
function matching(value: string): unknown {
  const parts = value.split(/<[^<>]+>/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.length === 1 ? value : expect.stringMatching(new RegExp(`^${parts.join('.+')}$`, 's'));
}

function compare(found: unknown, wanted: unknown, path: string): void {
  if (Array.isArray(wanted) && Array.isArray(found)) compareLists(found, wanted, path);
  else if (wanted !== null && typeof wanted === 'object' && found !== null && typeof found === 'object') {
    expect(Object.keys(found).sort(), path).toEqual(Object.keys(wanted).sort());
    for (const [key, value] of Object.entries(wanted)) {
      compare((found as Readonly<Record<string, unknown>>)[key], value, `${path}.${key}`);
    }
  } else if (typeof wanted === 'number') expect(found, path).toEqual(expect.any(Number));
  else expect(found, path).toEqual(typeof wanted === 'string' ? matching(wanted) : wanted);
}

/** A list that ends in "…" shows some of what there is, in its order; every other list shows all of it. */
function compareLists(found: readonly unknown[], wanted: readonly unknown[], path: string): void {
  if (wanted.at(-1) !== '…') {
    if (!path.endsWith('x5c')) expect(found.length, path).toBe(wanted.length);
    wanted.forEach((item, index) => {
      compare(found[index], item, `${path}[${index}]`);
    });
    return;
  }
  for (const item of wanted.slice(0, -1)) {
    const named = (item as { readonly rule?: string }).rule;
    const same = found.find((other) => (other as { readonly rule?: string }).rule === named);
    compare(same, item, `${path}[${named}]`);
  }
}
