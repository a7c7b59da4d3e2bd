import { createHash } from 'node:crypto';
import * as der from '../../core/src/asn1/der-writer.js';
import type { Certificate } from '../../core/src/certificate/certificate.js';
import { encodeCertificateId } from '../../core/src/revocation/certificate-id.js';
import {
  clock,
  defaultAlgorithm,
  extension,
  type Issuer,
  type Keys,
  keyIdentifierOf,
  type SignatureName,
  signed,
} from './issue.js';

export interface OcspRecipe {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly responder: Issuer;
  readonly status?: 'good' | 'unknown' | { readonly revokedAt: Date; readonly reason?: number };
  readonly hash?: 'sha1' | 'sha256';
  readonly responderId?: 'name' | 'key';
  readonly thisUpdate?: Date;
  /** Null leaves it out. */
  readonly nextUpdate?: Date | null;
  readonly producedAt?: Date;
  readonly certificates?: readonly Uint8Array[];
  readonly extensions?: readonly Uint8Array[];
  readonly scheme?: SignatureName;
  readonly copies?: number;
}

/** A successful OCSP response, sound or not. */
export function ocspResponse(recipe: OcspRecipe): Uint8Array {
  const { responder, extensions = [], certificates = [], copies = 1 } = recipe;
  const tbs = der.sequence(
    recipe.responderId === 'key'
      ? der.explicit(2, der.octetString(keyHash(responder.keys)))
      : der.explicit(1, responder.name),
    der.generalizedTime(recipe.producedAt ?? clock),
    der.sequence(...Array.from({ length: copies }, () => singleResponse(recipe))),
    ...(extensions.length === 0 ? [] : [der.explicit(1, der.sequence(...extensions))]),
  );
  const more = certificates.length === 0 ? [] : [der.explicit(0, der.sequence(...certificates))];
  const basic = signed(tbs, {
    keys: responder.keys,
    more,
    ...(recipe.scheme === undefined ? {} : { scheme: recipe.scheme }),
  });
  const bytes = der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1.1'), der.octetString(basic));
  return der.sequence(der.enumerated(0), der.explicit(0, bytes));
}

/** A nonce extension as it stands in requests and responses. */
export function nonceExtension(nonce: Uint8Array): Uint8Array {
  return extension('1.3.6.1.5.5.7.48.1.2', der.octetString(nonce));
}

export interface CrlRecipe {
  readonly issuer: Issuer;
  readonly entries?: readonly {
    readonly serial: number | Uint8Array;
    readonly revokedAt?: Date;
    readonly extensions?: readonly Uint8Array[];
  }[];
  readonly thisUpdate?: Date;
  /** Null leaves it out. */
  readonly nextUpdate?: Date | null;
  /** Complete Extension values instead of authorityKeyIdentifier and cRLNumber. */
  readonly extensions?: readonly Uint8Array[];
  readonly moreExtensions?: readonly Uint8Array[];
}

/** A CRL of version 2, sound or not. */
export function crl(recipe: CrlRecipe): Uint8Array {
  const { issuer, entries = [] } = recipe;
  const own = [
    extension('2.5.29.35', der.sequence(der.implicit(0, der.octetString(keyIdentifierOf(issuer.keys))))),
    extension('2.5.29.20', der.integer(7)),
  ];
  const extensions = [...(recipe.extensions ?? own), ...(recipe.moreExtensions ?? [])];
  const list = entries.map(({ serial, revokedAt, extensions: more = [] }) =>
    der.sequence(
      der.integer(serial),
      der.time(revokedAt ?? clock),
      ...(more.length === 0 ? [] : [der.sequence(...more)]),
    ),
  );
  const nextUpdate = recipe.nextUpdate === undefined ? minutesFromClock(60) : recipe.nextUpdate;
  const tbs = der.sequence(
    der.integer(1),
    defaultAlgorithm(issuer.keys),
    issuer.name,
    der.time(recipe.thisUpdate ?? minutesFromClock(-10)),
    ...(nextUpdate === null ? [] : [der.time(nextUpdate)]),
    ...(list.length === 0 ? [] : [der.sequence(...list)]),
    ...(extensions.length === 0 ? [] : [der.explicit(0, der.sequence(...extensions))]),
  );
  return signed(tbs, { keys: issuer.keys });
}

/** The reasonCode extension of a CRL entry. */
export function reasonExtension(reason: number): Uint8Array {
  return extension('2.5.29.21', der.enumerated(reason));
}

export function minutesFromClock(minutes: number): Date {
  return new Date(clock.getTime() + minutes * 60_000);
}

function singleResponse(recipe: OcspRecipe): Uint8Array {
  const nextUpdate = recipe.nextUpdate === undefined ? minutesFromClock(60) : recipe.nextUpdate;
  return der.sequence(
    encodeCertificateId(recipe, recipe.hash ?? 'sha256'),
    certStatus(recipe.status ?? 'good'),
    der.generalizedTime(recipe.thisUpdate ?? minutesFromClock(-10)),
    ...(nextUpdate === null ? [] : [der.explicit(0, der.generalizedTime(nextUpdate))]),
  );
}

function certStatus(status: NonNullable<OcspRecipe['status']>): Uint8Array {
  if (status === 'good') return der.implicit(0, der.nullValue());
  if (status === 'unknown') return der.implicit(2, der.nullValue());
  const reason = status.reason === undefined ? [] : [der.explicit(0, der.enumerated(status.reason))];
  return der.implicit(1, der.sequence(der.generalizedTime(status.revokedAt), ...reason));
}

/** SHA-1 of the key's octets: the BIT STRING is the last element of the SubjectPublicKeyInfo of an EC key. */
function keyHash({ publicKey }: Keys): Uint8Array {
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Uint8Array.of(4), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
  return createHash('sha1').update(point).digest();
}
