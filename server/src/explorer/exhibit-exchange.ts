import type { JourneyExhibit } from '@postern/web/views/journey-view.js';
import type { Exchange, ExplorerAnswer, ExplorerRequest } from './explorer-connection.js';

const longestText = 160;
const longestBody = 3_000;
const shownHeaders = ['location', 'content-type', 'x-correlation-id', 'retry-after', 'etag'];

/** An exchange as people read it: what is long and says nothing, such as a certificate in base64, is abridged and says so. */
export function exhibitExchange({ request, answer }: Exchange): JourneyExhibit {
  return { kind: 'exchange', request: renderRequest(request), answer: renderAnswer(answer) };
}

function renderRequest({ method, url, headers = {}, body }: ExplorerRequest): string {
  const { pathname, search, host } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${pathname}${search} HTTP/1.1`, ...lines, ...bodyLines(body)].join('\n');
}

function renderAnswer({ status, statusText, headers, body }: ExplorerAnswer): string {
  const lines = shownHeaders.flatMap((name) =>
    headers[name] === undefined ? [] : [`${name}: ${String(headers[name])}`],
  );
  const page = String(headers['content-type'] ?? '').startsWith('text/html');
  return [`HTTP/1.1 ${status} ${statusText}`.trim(), ...lines, ...(page ? [] : bodyLines(body))].join('\n');
}

function bodyLines(body: string | undefined): readonly string[] {
  if (body === undefined || body === '') return [];
  const text = body.startsWith('{') ? renderJson(JSON.parse(body)) : body.replaceAll('&', '\n&');
  return [
    '',
    text.length > longestBody ? `${text.slice(0, longestBody)}\n… (${text.length - longestBody} more)` : text,
  ];
}

/** A value as indented JSON, its long texts abridged. */
export function renderJson(value: unknown): string {
  return JSON.stringify(value, (_name, member) => (typeof member === 'string' ? abridge(member) : member), 2);
}

function abridge(text: string): string {
  return text.length > longestText ? `${text.slice(0, 60)}… (${text.length})` : text;
}
