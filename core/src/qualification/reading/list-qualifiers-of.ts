import type { CertificateQualifiers } from '../../trust/service-qualifiers.js';
import type { ServicesVerdict } from '../../trust/service-status.js';
import type { Evidence } from '../evidence.js';
import { servicesVerdictsOf } from './services-verdicts-of.js';

/** What granted services say about this very certificate, at issuance and now; a moment without them is left out. */
export function listQualifiersOf(evidence: Evidence, now: Date): readonly CertificateQualifiers[] {
  const verdicts = servicesVerdictsOf(evidence, now);
  if (verdicts === undefined) return [];
  return [verdicts.atIssuance, verdicts.now].flatMap(qualifiersOf);
}

/** Whether the lists say, both at issuance and now, what the certificate may not say itself. */
export function isSaidByLists(
  evidence: Evidence,
  now: Date,
  says: (qualifiers: CertificateQualifiers) => boolean,
): boolean {
  const moments = listQualifiersOf(evidence, now);
  return moments.length === 2 && moments.every(says);
}

function qualifiersOf(verdict: ServicesVerdict): readonly CertificateQualifiers[] {
  return verdict.standing === 'granted' ? [verdict.qualifiers] : [];
}
