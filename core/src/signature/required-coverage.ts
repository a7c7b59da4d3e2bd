import type { HeaderList } from './header-list.js';

const always = ['(request-target)', 'host', 'date', 'x-request-id'];

/** What decides which parts of a request its signature must cover. */
export interface CoveredMessage {
  readonly headers: HeaderList;
  readonly hasBody: boolean;
  readonly requireDigestWithoutBody: boolean;
}

/**
 * The names that a request signature must cover (STET framework, 3.5): request target, host, date, X-Request-Id; with a body Digest and
 * Content-Type; a Digest that is there without a body; and every PSU-* header that is there.
 */
export function requiredCoverage(message: CoveredMessage): readonly string[] {
  const { headers, hasBody } = message;
  const digest = hasBody || message.requireDigestWithoutBody || headers.has('digest');
  const names = [...always];
  if (digest) names.push('digest');
  if (hasBody) names.push('content-type');
  for (const name of headers.keys()) {
    if (name.startsWith('psu-')) names.push(name);
  }
  return names;
}
