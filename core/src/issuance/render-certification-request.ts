import type { KeyObject } from 'node:crypto';
import { explicit, integer, sequence } from '../asn1/der-writer.js';
import { distinguishedName, type NameParts } from './distinguished-name.js';
import { renderPem } from './pem.js';
import { renderSpki } from './public-key-octets.js';
import { signStructure } from './signature-algorithm.js';

/** A certification request (PKCS #10, RFC 2986) without attributes, signed by the key that it is about; PEM. */
export function renderCertificationRequest(
  name: NameParts,
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
): string {
  const content = sequence(integer(0), distinguishedName(name), renderSpki(keys.publicKey), explicit(0));
  return renderPem('CERTIFICATE REQUEST', signStructure(content, keys.privateKey));
}
