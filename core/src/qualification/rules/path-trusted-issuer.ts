import { pathOf } from '../reading/path-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'a path of verified signatures to the CA certificate of a service on a trusted list';

/** Matched by key and signature, never by name: a copied issuer name is what a forged CA begins with (C39, C40, C43). */
export const pathTrustedIssuer: Rule = {
  id: 'path.trusted-issuer',
  layer: 'path',
  title: 'The certificate is issued by a service on the trusted lists',
  clause: 'ETSI TS 119 615 v1.4.1, 4.3.4',
  refusal: 'CERTIFICATE_UNKNOWN_ISSUER',
  judge: (evidence) => {
    const { path, trust } = evidence;
    const found = pathOf(evidence);
    if (found !== undefined) {
      return pass(`${found.certificates.length} certificates, ending at ${serviceNames(found.services)}`, expected);
    }
    if (!('problem' in path) || (path.problem !== 'no-issuer' && path.problem !== 'signature')) {
      return notApplicable('an issuer was found, but the path breaks another rule');
    }
    if (!trust.available) return notApplicable('no trusted lists to look in');
    return fail(
      path.detail,
      expected,
      'Use a certificate of a QTSP on an EU trusted list, and send its issuers along.',
    );
  },
};

function serviceNames(services: readonly { readonly serviceName: string; readonly territory: string }[]): string {
  return services.map(({ serviceName, territory }) => `"${serviceName}" (${territory})`).join(', ') || 'no service';
}
