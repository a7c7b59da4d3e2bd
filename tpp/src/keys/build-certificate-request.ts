import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import * as der from '@postern/core/asn1/der-writer.js';
import { oid } from '@postern/core/certificate/object-identifiers.js';

/** Who a certificate is asked for. */
export interface CertificateSubject {
  /** e.g. "PSDFR-ACPR-12345" (ETSI TS 119 495, 5.2.1); left out where the issuer assigns one. */
  readonly organizationIdentifier?: string;
  readonly organizationName: string;
  /** For a QWAC a domain name, for a seal the name of the seal. */
  readonly commonName: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
}

const rsaEncryptionWithSha256 = '1.2.840.113549.1.1.11';

/** A certificate signing request (PKCS#10, RFC 2986) over an RSA key given as PEM, as PEM. */
export function buildCertificateRequest(subject: CertificateSubject, privateKeyPem: string): string {
  const privateKey = createPrivateKey(privateKeyPem);
  if (privateKey.asymmetricKeyType !== 'rsa') throw new TypeError('the key is not an RSA key');
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const noAttributes = der.tlv(0xa0, new Uint8Array(0));
  const request = der.sequence(der.integer(0), buildName(subject), publicKey, noAttributes);
  const algorithm = der.sequence(der.objectIdentifier(rsaEncryptionWithSha256), der.nullValue());
  return renderPem(der.sequence(request, algorithm, der.bitString(sign('sha256', request, privateKey))));
}

function buildName(subject: CertificateSubject): Uint8Array {
  return der.sequence(
    buildAttribute(oid.countryName, der.printableString(subject.country)),
    buildAttribute(oid.organizationName, der.utf8String(subject.organizationName)),
    ...(subject.organizationIdentifier === undefined
      ? []
      : [buildAttribute(oid.organizationIdentifier, der.utf8String(subject.organizationIdentifier))]),
    buildAttribute(oid.commonName, der.utf8String(subject.commonName)),
  );
}

function buildAttribute(type: string, value: Uint8Array): Uint8Array {
  return der.set(der.sequence(der.objectIdentifier(type), value));
}

function renderPem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n');
}
