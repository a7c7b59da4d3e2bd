import type { Refusal } from '@postern/core/refusal/refusal.js';

/** Retry-After in seconds (RFC 9110 section 10.2.3), where the refusal says when to come again. */
export function renderRetryAfter({ retryAfterSeconds }: Refusal): Readonly<Record<string, string>> {
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) };
}
