import type { Refusal } from '@postern/core/refusal/refusal.js';
import type { RefusalAnswer, RefusalContext } from './refusal-answer.js';
import { refusalStatus } from './refusal-status.js';
import { renderRetryAfter } from './render-retry-after.js';

/** A refusal as OAuth JSON (RFC 6749 section 5.2, RFC 7591 section 3.2.2), with our stable code, findings and reference. */
export function renderOauthRefusal(refusal: Refusal, context: RefusalContext): RefusalAnswer {
  const { status, oauth } = refusalStatus[refusal.code];
  const isRoleOfClient = refusal.code === 'ROLE_INVALID';
  const body = {
    error: oauth,
    error_description: describe(refusal),
    error_code: refusal.code,
    ...(refusal.problems.length > 0 ? { problems: refusal.problems } : {}),
    ...(refusal.findings.length > 0 ? { findings: refusal.findings } : {}),
    documentation: `${context.documentation}#${refusal.code}`,
    correlation_id: context.correlationId,
  };
  return {
    status: context.status ?? (isRoleOfClient ? 401 : status),
    contentType: 'application/json; charset=utf-8',
    headers: { ...challenge(refusal, oauth), ...renderRetryAfter(refusal) },
    body: JSON.stringify(body),
  };
}

/** RFC 6749 limits error_description to printable ASCII without quotation mark and backslash. */
function describe(refusal: Refusal): string {
  const text = refusal.problems.length > 0 ? refusal.problems.join(' ') : refusal.message;
  return text
    .replaceAll('"', "'")
    .replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
    .slice(0, 1_000);
}

/** RFC 6749 section 5.2 wants the scheme that the client used; RFC 6750 section 3: no error code when no token was sent. */
function challenge(refusal: Refusal, oauth: string): Readonly<Record<string, string>> {
  if (refusal.code === 'CLIENT_AUTHENTICATION_INVALID') return { 'www-authenticate': 'Basic realm="none is taken"' };
  if (refusal.code === 'REGISTRATION_TOKEN_MISSING') return { 'www-authenticate': 'Bearer' };
  const takesToken = ['TOKEN_', 'REGISTRATION_', 'INITIAL_TOKEN_'].some((prefix) => refusal.code.startsWith(prefix));
  return takesToken && refusalStatus[refusal.code].status === 401
    ? { 'www-authenticate': `Bearer error="${oauth}"` }
    : {};
}
