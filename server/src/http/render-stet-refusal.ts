import type { Refusal } from '@postern/core/refusal/refusal.js';
import type { RefusalAnswer, RefusalContext } from './refusal-answer.js';
import { refusalStatus } from './refusal-status.js';
import { renderRetryAfter } from './render-retry-after.js';

/** A refusal as the STET framework's ErrorModel, with our stable code, findings and reference added. */
export function renderStetRefusal(refusal: Refusal, context: RefusalContext): RefusalAnswer {
  const { oauth, ...usual } = refusalStatus[refusal.code];
  const status = context.status ?? usual.status;
  const body = {
    status,
    timestamp: context.now.toISOString().replace('Z', '+00:00'),
    message: refusal.message.slice(0, 140),
    error: oauth,
    path: context.path,
    error_code: refusal.code,
    ...(refusal.findings.length > 0 ? { findings: refusal.findings } : {}),
    documentation: `${context.documentation}#${refusal.code}`,
    correlation_id: context.correlationId,
  };
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    headers: { ...bearerChallenge(refusal, oauth), ...renderRetryAfter(refusal) },
    body: JSON.stringify(body),
  };
}

/** RFC 6750 section 3: no error code when no token was sent. */
function bearerChallenge(refusal: Refusal, oauth: string): Readonly<Record<string, string>> {
  if (refusal.code === 'TOKEN_MISSING') return { 'www-authenticate': 'Bearer' };
  const isToken = refusal.code.startsWith('TOKEN_') || refusal.code === 'SCOPE_INSUFFICIENT';
  return isToken ? { 'www-authenticate': `Bearer error="${oauth}"` } : {};
}
