import type { Certificate } from '../../certificate/certificate.js';
import { judgeCrl } from '../../revocation/judge-crl.js';
import { judgeOcspResponse } from '../../revocation/judge-ocsp-response.js';
import type { RevocationAnswer } from '../../revocation/revocation-answer.js';
import {
  type RevocationStatus,
  type StatusSubject,
  type StatusTimes,
  unusable,
} from '../../revocation/revocation-status.js';
import type { Evidence, QualificationPolicy } from '../evidence.js';
import { pathOf } from './path-of.js';

/** What all answers together say about one certificate on the path. */
export interface RevocationStanding {
  readonly certificate: Certificate;
  readonly state: 'good' | 'revoked' | 'unknown';
  /** The answer that decided, or why none did. */
  readonly detail: string;
  /** Until when the answer that decided may be relied on. */
  readonly until: Date | undefined;
  /** Since when it counts by the grace of the policy only; undefined when it counts by itself. */
  readonly graceSince: Date | undefined;
}

/** The standing of every certificate below the trust service: the service itself stands or falls by the trusted list. */
export function revocationStandingsOf(
  evidence: Evidence,
  policy: QualificationPolicy,
  now: Date,
): readonly RevocationStanding[] {
  const known = judged.get(evidence);
  if (known?.policy === policy && known.time === now.getTime()) return known.standings;
  const times = { now, clockSkewSeconds: policy.clockSkewSeconds, statusMaxAgeSeconds: policy.statusMaxAgeSeconds };
  const certificates = pathOf(evidence)?.certificates ?? [];
  const standings = certificates.slice(0, -1).map((certificate, i) => {
    const subject = { certificate, issuer: certificates[i + 1] ?? certificate };
    const strict = standingOf(subject, evidence.revocation, times);
    return strict.state === 'unknown' ? (graceOf(subject, evidence.revocation, { policy, times }) ?? strict) : strict;
  });
  judged.set(evidence, { policy, time: now.getTime(), standings });
  return standings;
}

/** Two rules and the end of the verdict ask the same question; a CRL of megabytes is to be read for it once. */
const judged = new WeakMap<
  Evidence,
  { policy: QualificationPolicy; time: number; standings: readonly RevocationStanding[] }
>();

/** The last "good" that has ended, where nothing newer is known and the policy bears it; a revocation needs no grace to be believed. */
function graceOf(
  subject: StatusSubject,
  answers: readonly RevocationAnswer[],
  { policy, times }: { readonly policy: QualificationPolicy; readonly times: StatusTimes },
): RevocationStanding | undefined {
  const graceSeconds = policy.statusGraceSeconds ?? 0;
  if (graceSeconds === 0) return undefined;
  const standing = standingOf(subject, answers, { ...times, graceSeconds });
  if (standing.state !== 'good' || standing.until === undefined) return undefined;
  return { ...standing, until: new Date(standing.until.getTime() + graceSeconds * 1000), graceSince: standing.until };
}

/** One "revoked" decides against any "good"; among good answers OCSP is preferred, being newer as a rule. */
function standingOf(
  subject: StatusSubject,
  answers: readonly RevocationAnswer[],
  times: StatusTimes,
): RevocationStanding {
  const { certificate } = subject;
  const statuses = answers
    .toSorted((a, b) => sourceOrder[a.source] - sourceOrder[b.source])
    .map((answer) => judge(answer, subject, times));
  const deciding =
    statuses.find(({ status }) => status === 'revoked') ?? statuses.find(({ status }) => status === 'good');
  if (deciding !== undefined) {
    const state = deciding.status === 'revoked' ? 'revoked' : 'good';
    return { certificate, state, detail: deciding.detail, until: endOf(deciding, times), graceSince: undefined };
  }
  const details = [...new Set(statuses.map(({ detail }) => detail))];
  return {
    certificate,
    state: 'unknown',
    detail: details.join('; ') || 'no OCSP response and no CRL',
    until: undefined,
    graceSince: undefined,
  };
}

function judge(answer: RevocationAnswer, subject: StatusSubject, times: StatusTimes): RevocationStatus {
  if (answer.bytes === undefined)
    return unusable(`${answer.source.toUpperCase()} of ${answer.address}: ${answer.failure}`);
  return answer.source === 'ocsp'
    ? judgeOcspResponse(answer.bytes, subject, times)
    : judgeCrl(answer.bytes, subject, times);
}

function endOf({ thisUpdate, nextUpdate }: RevocationStatus, { statusMaxAgeSeconds }: StatusTimes): Date | undefined {
  if (nextUpdate !== undefined || thisUpdate === undefined) return nextUpdate;
  return new Date(thisUpdate.getTime() + statusMaxAgeSeconds * 1000);
}

const sourceOrder: Readonly<Record<RevocationAnswer['source'], number>> = { ocsp: 0, crl: 1 };
