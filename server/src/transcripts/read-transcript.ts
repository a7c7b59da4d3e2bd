import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Realm } from '../realm.js';

const directory = fileURLToPath(new URL('../../transcripts/', import.meta.url));

/** A request or an answer that a test replays, with the addresses of a realm filled in. */
export function readTranscript(name: string, realm: Realm): string {
  return readFileSync(`${directory}${name}.http`, 'utf8')
    .replaceAll('{issuer}', realm.issuer)
    .replaceAll('{prefix}', realm.prefix)
    .replaceAll('{host}', new URL(realm.apiUrl).host);
}

/** The JSON below the head of a transcript. */
export function readTranscriptBody(name: string, realm: Realm): unknown {
  const text = readTranscript(name, realm);
  return JSON.parse(text.slice(text.indexOf('\n\n')));
}

/** The parameters of the form below the head of a transcript. */
export function readTranscriptForm(name: string, realm: Realm): Readonly<Record<string, string>> {
  const text = readTranscript(name, realm);
  return Object.fromEntries(new URLSearchParams(text.slice(text.indexOf('\n\n')).trim()));
}
