import { type DerElement, refuseDer } from '../asn1/der-reader.js';
import { readSmallInteger } from '../asn1/der-values.js';
import { type RevocationReason, revocationReasons } from './revocation-status.js';

/** CRLReason (RFC 5280 clause 5.3.1), an ENUMERATED; throws Refusal for a number that has no meaning. */
export function readRevocationReason(element: DerElement): RevocationReason {
  return revocationReasons[readSmallInteger(element)] ?? refuseDer(element.name, 'there is no such reason');
}
