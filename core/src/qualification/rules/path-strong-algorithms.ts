import type { AlgorithmIdentifier, Certificate } from '../../certificate/certificate.js';
import { keyWeakness } from '../../certificate/key-weakness.js';
import { renderName } from '../../certificate/render-name.js';
import { signatureSchemeOf } from '../../certificate/signature-scheme.js';
import { pathFailureOf, pathOf } from '../reading/path-of.js';
import type { Rule } from '../rule.js';
import { fail, pass } from '../verdict.js';

const expected = 'RSA of 2048 to 8192 bits, P-256, P-384, P-521 or Ed25519, with SHA-2';

/** The anchor's own signature is not looked at: it is trusted by its place on the list, not by who signed it (C51). */
export const pathStrongAlgorithms: Rule = {
  id: 'path.strong-algorithms',
  layer: 'path',
  title: 'Keys and signatures are strong enough',
  clause: 'ETSI TS 119 312 v1.5.1, 5.2 and 6.2',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const remedy = 'Use a certificate with current algorithms throughout its path.';
    const failure = pathFailureOf(evidence);
    if (failure?.problem === 'weak-algorithm') return fail(failure.detail, expected, remedy);
    const certificates = pathOf(evidence)?.certificates ?? [evidence.certificate];
    for (const [i, certificate] of certificates.entries()) {
      const isAnchor = i > 0 && i === certificates.length - 1;
      const fault =
        keyWeakness(certificate.publicKey) ??
        (isAnchor ? undefined : signatureWeakness(certificate.signatureAlgorithm));
      if (fault !== undefined) return fail(`${renderName(certificate.subject)}: ${fault}`, expected, remedy);
    }
    return pass(certificates.map(describe).join(', '), expected);
  },
};

function signatureWeakness(algorithm: AlgorithmIdentifier): string | undefined {
  return signatureSchemeOf(algorithm) === undefined
    ? `the signature algorithm ${algorithm.oid} is not allowed`
    : undefined;
}

function describe({ publicKey }: Certificate): string {
  if (publicKey.kind === 'rsa') return `RSA ${publicKey.modulusBits}`;
  return publicKey.kind === 'ec' ? `EC ${curveNames.get(publicKey.curve ?? '') ?? publicKey.curve}` : publicKey.kind;
}

const curveNames: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
]);
