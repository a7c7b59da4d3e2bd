import type { Certificate } from '../../certificate/certificate.js';
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
}

export function revocationStandingsOf(evidence: Evidence, _policy: QualificationPolicy, _now: Date): readonly RevocationStanding[] {
  const certificates = pathOf(evidence)?.certificates ?? [];
  return certificates.slice(0, -1).map((certificate) => ({ certificate, state: 'unknown', detail: 'no answer', until: undefined }));
}
