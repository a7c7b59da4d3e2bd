import { judgeCrl } from '@postern/core/revocation/judge-crl.js';
import { judgeOcspResponse } from '@postern/core/revocation/judge-ocsp-response.js';
import type { RevocationAnswer } from '@postern/core/revocation/revocation-answer.js';
import type { StatusSubject, StatusTimes } from '@postern/core/revocation/revocation-status.js';
import type { DecidedStatus } from './ask-revocation-sources.js';

/**
 * What an answer from the disk says, verified anew as of the time it was received; undefined when it says nothing that counted
 * then. Whether it still counts is judged wherever it is used.
 */
export function judgeKept(
  answer: RevocationAnswer | undefined,
  subject: StatusSubject,
  limits: Omit<StatusTimes, 'now'>,
): DecidedStatus | undefined {
  if (answer?.bytes === undefined) return undefined;
  const judge = answer.source === 'ocsp' ? judgeOcspResponse : judgeCrl;
  const status = judge(answer.bytes, subject, { ...limits, now: answer.receivedAt });
  return status.status === 'good' || status.status === 'revoked' ? { status, answer } : undefined;
}
