import type { Certificate } from '../certificate/certificate.js';
import { namesEqual } from '../certificate/compare-names.js';
import { parseCertificate } from '../certificate/parse-certificate.js';
import { verifySignature } from '../certificate/verify-signature.js';
import { Refusal } from '../refusal/refusal.js';
import { parseBase64 } from '../signature/parse-base64.js';
import type { KeySetRules } from './key-set-rules.js';
import { quoteValue } from './quote-value.js';

const mostCertificates = 10;
const largestOctets = 16_384;

/** The certificates of an `x5c`, end entity first, or what is wrong with it, each as a predicate. */
export type X5cReading =
  | { readonly certificates: readonly [Certificate, ...Certificate[]]; readonly faults: readonly [] }
  | { readonly certificates: undefined; readonly faults: readonly string[] };

/**
 * Reads `x5c` (RFC 7517 section 4.7) strictly: base64 of DER and nothing else, and the full path, each certificate
 * signed by the next one. Whether the path ends on a trusted service is for qualification to say.
 */
export function parseX5c(value: unknown, { completePath }: Pick<KeySetRules, 'completePath'> = {}): X5cReading {
  if (!Array.isArray(value) || value.length === 0)
    return refuse('must have x5c, a list that begins with the sealing certificate');
  if (value.length > mostCertificates) return refuse(`must have at most ${mostCertificates} certificates in x5c`);
  const read = value.map((item: unknown, position) => parseItem(item, `x5c[${position}]`));
  const faults = read.flatMap((item) => (typeof item === 'string' ? [item] : []));
  const [leaf, ...issuers] = read.filter((item) => typeof item !== 'string');
  if (faults.length > 0 || leaf === undefined) return refuse(...faults);
  if (issuers.length === 0 && completePath !== true) {
    return refuse(
      'must have the full certification path in x5c, the sealing certificate and then its issuers; only the sealing certificate was sent',
    );
  }
  const broken = findBrokenLinks([leaf, ...issuers]);
  return broken.length > 0 ? refuse(...broken) : { certificates: [leaf, ...issuers], faults: [] };
}

function parseItem(item: unknown, name: string): Certificate | string {
  if (typeof item !== 'string') return `must have base64 text as ${name}`;
  if (item.includes('-----')) return `must have the base64 of the DER as ${name}, not PEM with its BEGIN and END lines`;
  if (/[-_]/.test(item)) return `must have base64 (RFC 4648 section 4) as ${name}, not base64url`;
  const der = parseBase64(item, largestOctets);
  if (der === undefined) {
    return `must have canonical base64 of at most ${largestOctets} octets as ${name}: with its padding, without white space or line ends`;
  }
  try {
    return parseCertificate(der);
  } catch (cause) {
    if (cause instanceof Refusal)
      return `must have one DER certificate as ${name}, which cannot be read: ${cause.message.replace(/\.$/, '')}`;
    throw cause;
  }
}

function findBrokenLinks(certificates: readonly Certificate[]): readonly string[] {
  return certificates.slice(0, -1).flatMap((subject, position) => {
    const issuer = certificates[position + 1];
    return issuer === undefined || isIssuedBy(subject, issuer)
      ? []
      : [
          `must have the issuer of x5c[${position}] as x5c[${position + 1}], which ${quoteValue(commonNameOf(issuer))} is not`,
        ];
  });
}

function isIssuedBy(subject: Certificate, issuer: Certificate): boolean {
  return (
    subject.thumbprint !== issuer.thumbprint &&
    namesEqual(subject.issuer, issuer.subject) &&
    verifySignature(subject, issuer.publicKey).outcome === 'valid'
  );
}

function commonNameOf(certificate: Certificate): string {
  return certificate.subject.rdns.flat().find(({ type }) => type === '2.5.4.3')?.value ?? certificate.thumbprint;
}

function refuse(...faults: readonly string[]): X5cReading {
  return { certificates: undefined, faults };
}
