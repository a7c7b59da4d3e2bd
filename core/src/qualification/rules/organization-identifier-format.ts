import { readOrganizationIdentifier } from '../../certificate/organization-identifier.js';
import { organizationOf } from '../reading/organization-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = '"PSD", country, hyphen, authority, hyphen, number: PSDFR-ACPR-12345';

/**
 * Another legal-person form is lawful since v1.5.1 but names no authorisation that could be looked up (C20): it counts where the
 * installation maps this very identifier to an authorisation number. Characters: C21.
 */
export const organizationIdentifierFormat: Rule = {
  id: 'organization.identifier-format',
  layer: 'profile',
  title: 'The organizationIdentifier is an authorisation number',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.1 (GEN-5.2.1-3, GEN-5.2.1-4)',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const { certificate, mappedIdentifier } = evidence;
    const mapped = organizationOf(evidence);
    const identifier = readOrganizationIdentifier(certificate);
    switch (identifier.kind) {
      case 'psd':
        return pass(identifier.text, expected);
      case 'other':
        if (mappedIdentifier !== undefined && mapped !== undefined)
          return pass(`${JSON.stringify(identifier.text)}, mapped here to ${mapped.text}`, expected);
        return fail(
          `${JSON.stringify(identifier.text)}, scheme ${identifier.scheme}`,
          expected,
          'Use a certificate with the number of your authorisation, or ask the bank about another identifier.',
        );
      case 'malformed':
        return fail(
          `${JSON.stringify(identifier.text)}: ${identifier.detail}`,
          expected,
          'Ask your QTSP for a corrected certificate.',
        );
      default:
        return notApplicable('no single organizationIdentifier');
    }
  },
};
