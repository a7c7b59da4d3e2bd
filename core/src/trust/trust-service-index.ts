import type { Certificate, Name } from '../certificate/certificate.js';
import { nameKey, namesEqual } from '../certificate/compare-names.js';
import { isForTestsOnly } from '../certificate/is-for-tests-only.js';
import { parseListedCertificate } from '../certificate/parse-certificate.js';
import { Refusal } from '../refusal/refusal.js';
import type { TrustService } from './trust-service.js';

/** One key under one name that trust services stand for; they may list several certificates of it. */
export interface TrustAnchor {
  readonly name: string;
  readonly certificates: readonly Certificate[];
  readonly services: readonly TrustService[];
}

/** Trust services by the subjects of their CA certificates, parsed once for each version of the lists. */
export interface TrustServiceIndex {
  readonly anchors: ReadonlyMap<string, readonly TrustAnchor[]>;
  /** CA certificates on the lists that break RFC 5280, or are for tests only: nothing they issued can be found. */
  readonly unreadable: readonly { readonly service: TrustService; readonly problem: string }[];
}

/**
 * Makes the index that `buildPath` searches in. A CA certificate costs about a tenth of a millisecond the first time that
 * its bytes are met, and next to nothing after `readListedCertificate`. A CA of a sandbox is no anchor, whoever lists it, unless
 * the index is for a sandbox.
 */
export function indexTrustServices(
  services: readonly TrustService[],
  { forTests = false }: { readonly forTests?: boolean } = {},
): TrustServiceIndex {
  const gathered = new Map<
    string,
    { name: string; certificates: Map<string, Certificate>; services: Set<TrustService> }
  >();
  const unreadable: { service: TrustService; problem: string }[] = [];
  for (const service of services) {
    for (const der of service.certificates) {
      const listed = readListedCertificate(der);
      if (typeof listed === 'string') {
        unreadable.push({ service, problem: listed });
        continue;
      }
      const { certificate, name, key } = listed;
      if (!forTests && isForTestsOnly(certificate)) {
        unreadable.push({ service, problem: 'It is a certificate of a sandbox: for tests only.' });
        continue;
      }
      const anchor = gathered.get(key) ?? { name, certificates: new Map(), services: new Set() };
      anchor.certificates.set(certificate.thumbprint, certificate);
      anchor.services.add(service);
      gathered.set(key, anchor);
    }
  }
  const anchors = [...gathered.values()].map(({ name, certificates, services: owners }) => {
    return { name, certificates: [...certificates.values()], services: [...owners] };
  });
  return { anchors: Map.groupBy(anchors, ({ name }) => name), unreadable };
}

/** A CA certificate of a trust service with what it is found by. */
interface ListedCertificate {
  readonly certificate: Certificate;
  readonly name: string;
  /** Name and key. */
  readonly key: string;
}

/** A CA certificate of a trust service, or why it cannot be read; remembered for as long as its bytes are. */
export function readListedCertificate(der: Uint8Array): ListedCertificate | string {
  const known = read.get(der) ?? parseListed(der);
  read.set(der, known);
  return known;
}

/** The anchors with this subject, by RFC 5280 clause 7.1. */
export function anchorsNamed(index: TrustServiceIndex, name: Name): readonly TrustAnchor[] {
  return name.rdns.length === 0 ? [] : (index.anchors.get(nameKey(name)) ?? []);
}

/** Whether two certificates are of one key under one name. */
export function isSameEntity(one: Certificate, other: Certificate): boolean {
  return Buffer.compare(one.publicKey.spki, other.publicKey.spki) === 0 && namesEqual(one.subject, other.subject);
}

const read = new WeakMap<Uint8Array, ListedCertificate | string>();

function parseListed(der: Uint8Array): ListedCertificate | string {
  try {
    const certificate = parseListedCertificate(der);
    const name = nameKey(certificate.subject);
    return { certificate, name, key: `${name} ${Buffer.from(certificate.publicKey.spki).toString('base64')}` };
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
