import type { RevocationStatus, StatusSubject } from '@postern/core/revocation/revocation-status.js';

/** The highest cRLNumber that counted, for each issuer and address. */
export interface CrlFloor {
  /** Why a CRL that counts by itself must not: its number went back; undefined where it may, and then it is the floor. */
  refuse(place: CrlPlace, status: RevocationStatus): string | undefined;
}

export interface CrlPlace {
  readonly subject: StatusSubject;
  readonly address: string;
}

const maxPlaces = 1_000;

/** Numbers of the CRLs of an issuer never go back (RFC 5280 clause 5.2.3): a lower one is an old list replayed, and proves nothing. */
export function createCrlFloor(): CrlFloor {
  const floors = new Map<string, bigint>();
  return {
    refuse: ({ subject, address }, { crlNumber }) => {
      if (crlNumber === undefined) return undefined;
      const key = `${subject.issuer.thumbprint} ${address}`;
      const floor = floors.get(key);
      if (floor !== undefined && crlNumber < floor)
        return `the CRL has the number ${crlNumber}, and ${floor} was accepted before`;
      floors.delete(key);
      floors.set(key, crlNumber);
      for (const oldest of floors.keys()) {
        if (floors.size <= maxPlaces) break;
        floors.delete(oldest);
      }
      return undefined;
    },
  };
}

/**
 * Why an answer must not take the place of the one before about the same certificate: it is older and of the same source, or older
 * and would end a revocation.
 */
export function refuseOlder(
  before: { readonly status: RevocationStatus; readonly answer: { readonly source: string } } | undefined,
  next: { readonly status: RevocationStatus; readonly answer: { readonly source: string } },
): string | undefined {
  const [known, given] = [before?.status.thisUpdate, next.status.thisUpdate];
  if (before === undefined || known === undefined || given === undefined || given >= known) return undefined;
  const endsRevocation = before.status.status === 'revoked' && next.status.status !== 'revoked';
  if (before.answer.source !== next.answer.source && !endsRevocation) return undefined;
  return `the answer is of ${given.toISOString()}, and one of ${known.toISOString()} was accepted before`;
}
