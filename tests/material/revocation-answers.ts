import { createHash } from 'node:crypto';
import * as der from '../../core/src/asn1/der-writer.js';
import { algorithmOf, type Credential, extension, keyIdentifier, signDer } from './issue-certificate.js';

export interface StatusRecipe {
  readonly issuer: Credential;
  /** By its own key unless given. */
  readonly signer?: Credential;
  readonly serialNumber: number;
  readonly status: 'good' | 'revoked' | 'hold' | 'unknown';
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly hash?: 'sha256' | 'sha1';
}

const hashOids = { sha256: '2.16.840.1.101.3.4.2.1', sha1: '1.3.14.3.2.26' };

/** An OCSP response (RFC 6960), signed by the issuer itself or by whoever the test wants. */
export function ocspResponse(recipe: StatusRecipe): Uint8Array {
  const signer = recipe.signer ?? recipe.issuer;
  const single = der.sequence(
    certificateId(recipe),
    statusDer(recipe),
    der.generalizedTime(recipe.thisUpdate),
    der.explicit(0, der.generalizedTime(recipe.nextUpdate)),
  );
  const tbs = der.sequence(
    der.explicit(2, der.octetString(keyIdentifier(signer.publicKey))),
    der.generalizedTime(recipe.thisUpdate),
    der.sequence(single),
  );
  const basic = signDer(tbs, signer.privateKey);
  const bytes = der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1.1'), der.octetString(basic));
  return new Uint8Array(der.sequence(der.enumerated(0), der.explicit(0, bytes)));
}

/** Whether an OCSP request asks by this hash. */
export function asksBy(request: Uint8Array, hash: 'sha256' | 'sha1'): boolean {
  return Buffer.from(request).includes(Buffer.from(der.objectIdentifier(hashOids[hash])));
}

function certificateId({ issuer, serialNumber, hash = 'sha256' }: StatusRecipe): Uint8Array {
  const digest = (octets: Uint8Array) => createHash(hash).update(octets).digest();
  const key = issuer.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
  return der.sequence(
    der.sequence(der.objectIdentifier(hashOids[hash]), der.nullValue()),
    der.octetString(digest(issuer.subject)),
    der.octetString(digest(key)),
    der.integer(serialNumber),
  );
}

function statusDer({ status, thisUpdate }: StatusRecipe): Uint8Array {
  if (status === 'good') return der.tlv(0x80, new Uint8Array());
  if (status === 'unknown') return der.tlv(0x82, new Uint8Array());
  const reason = status === 'hold' ? 6 : 1;
  return der.tlv(0xa1, Buffer.concat([der.generalizedTime(thisUpdate), der.explicit(0, der.enumerated(reason))]));
}

export interface CrlRecipe {
  readonly issuer: Credential;
  readonly revoked: readonly number[];
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

/** A complete CRL of version 2 (RFC 5280 clause 5). */
export function revocationList({ issuer, revoked, thisUpdate, nextUpdate }: CrlRecipe): Uint8Array {
  const entries = revoked.map((serialNumber) => der.sequence(der.integer(serialNumber), der.time(thisUpdate)));
  const tbs = der.sequence(
    der.integer(1),
    algorithmOf(issuer.privateKey),
    issuer.subject,
    der.time(thisUpdate),
    der.time(nextUpdate),
    ...(entries.length === 0 ? [] : [der.sequence(...entries)]),
    der.explicit(0, der.sequence(extension('2.5.29.20', der.integer(7)))),
  );
  return signDer(tbs, issuer.privateKey);
}

/** authorityInfoAccess with OCSP addresses. */
export function ocspAt(...addresses: readonly string[]): Uint8Array {
  const descriptions = addresses.map((address) =>
    der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1'), der.implicit(6, der.ia5String(address))),
  );
  return extension('1.3.6.1.5.5.7.1.1', der.sequence(...descriptions));
}

/** cRLDistributionPoints with one point for each address. */
export function crlAt(...addresses: readonly string[]): Uint8Array {
  const points = addresses.map((address) =>
    der.sequence(der.explicit(0, der.explicit(0, der.implicit(6, der.ia5String(address))))),
  );
  return extension('2.5.29.31', der.sequence(...points));
}
