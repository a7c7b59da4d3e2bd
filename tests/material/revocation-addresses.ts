import * as der from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import { extension } from './issue.js';

/** authorityInfoAccess with OCSP addresses. */
export function ocspAt(...addresses: readonly string[]): Uint8Array {
  const descriptions = addresses.map((address) =>
    der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1'), der.implicit(6, der.ia5String(address))),
  );
  return extension(oid.authorityInfoAccess, der.sequence(...descriptions));
}

/** cRLDistributionPoints with one point for each address. */
export function crlAt(...addresses: readonly string[]): Uint8Array {
  const points = addresses.map((address) =>
    der.sequence(der.explicit(0, der.explicit(0, der.implicit(6, der.ia5String(address))))),
  );
  return extension(oid.crlDistributionPoints, der.sequence(...points));
}

/** Whether an OCSP request names the issuer by SHA-1. */
export function asksBySha1(request: Uint8Array): boolean {
  return Buffer.from(request).includes(Buffer.from(der.objectIdentifier('1.3.14.3.2.26')));
}
