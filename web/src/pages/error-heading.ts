import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { ErrorHeading } from '../texts/texts.js';

const headings: Partial<Readonly<Record<RefusalCode, ErrorHeading>>> = {
  NOT_FOUND: 'notFound',
  METHOD_NOT_ALLOWED: 'notFound',
  MISDIRECTED_REQUEST: 'notFound',
  AUTHORIZATION_NOT_FOUND: 'finished',
  SIGN_IN_FAILED: 'signIn',
  ACCESS_DENIED: 'denied',
  OPERATOR_SIGN_IN_FAILED: 'signIn',
  OPERATOR_NOT_ADMITTED: 'denied',
  OPERATOR_RIGHTS_UNKNOWN: 'fault',
  DECISION_NOT_POSSIBLE: 'decision',
  FORM_REJECTED: 'form',
  RATE_LIMITED: 'busy',
  SERVER_BUSY: 'busy',
  TRUST_DATA_UNAVAILABLE: 'fault',
  SERVER_ERROR: 'fault',
};

/**
 * Which heading an error page bears. Where an application brought its reader, all codes but a few are mistakes of that application, which the
 * reader cannot mend: they bear `request`. On any other page whoever reads it has sent what could not be taken.
 */
export function errorHeadingOf(code: RefusalCode, ofReader: boolean): ErrorHeading {
  return headings[code] ?? (ofReader ? 'form' : 'request');
}
