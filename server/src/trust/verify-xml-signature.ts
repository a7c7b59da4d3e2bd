import { createHash, type KeyObject, verify } from 'node:crypto';
import type { PublicKey } from '@postern/core/certificate/certificate.js';
import { keyWeakness } from '@postern/core/certificate/key-weakness.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { verificationKeyOf } from '@postern/core/certificate/verification-key.js';
import { canonicalizeXml } from './canonicalize-xml.js';
import { parseXml } from './parse-xml.js';
import { readSignedInfo, type SignedReference } from './read-signed-info.js';
import { refuseList } from './refuse-list.js';
import { digestMethods, signatureMethods } from './signature-algorithms.js';
import {
  attributeOf,
  decodeBase64,
  descend,
  descendantsOf,
  elementsOf,
  isNamed,
  onlyChild,
  optionalChild,
  textOf,
  type XmlName,
} from './walk-xml.js';
import type { XmlElement } from './xml-element.js';
import { ds, xadesName } from './xml-names.js';

/** What was signed, and by whom. */
export interface SignedXml {
  /** The document without its signature, in canonical form: the only thing to read. */
  readonly octets: Uint8Array;
  /** SHA-256 of the signer's certificate, lower-case hexadecimal. */
  readonly signer: string;
}

/**
 * Verifies the one enveloped XAdES baseline signature of a trusted list (TS 119 612 clause 5.7, EN 319 132-1) by a signer
 * whose certificate is pinned. The pin is the trust: neither the issuer nor the dates of the signer's certificate are asked.
 *
 * Everything read from inside the signature is read from octets whose digest or signature held, never from the document
 * as it came; the document itself is given back only as the octets whose digest was signed.
 * Throws `Refusal` when anything is not exactly so. With `anyone` for the pins nothing in the answer may be trusted.
 */
export function verifyXmlSignature(octets: Uint8Array, pinnedSigners: ReadonlySet<string> | 'anyone'): SignedXml {
  const root = parseXml(octets);
  const parts = findSignature(root);
  const signer = readSigner(parts.keyInfo);
  if (pinnedSigners !== 'anyone' && !pinnedSigners.has(signer.sha256))
    refuseList(`The list is signed by ${signer.sha256}, which is not a pinned signer.`);
  const info = readSignedInfo(verifySignedInfo(parts, signer.key));
  const properties = verifyDigest(parts.signedProperties, info.properties);
  if (info.propertiesId !== attributeOf(parts.signedProperties, 'Id'))
    refuseList('The second reference is not to the SignedProperties.');
  verifySigningCertificate(parseXml(properties), signer.der);
  const content = { ...root, children: root.children.filter((child) => child !== parts.signature) };
  return { octets: verifyDigest(content, info.document), signer: signer.sha256 };
}

interface SignatureParts {
  readonly signature: XmlElement;
  readonly signedInfo: XmlElement;
  readonly signatureValue: Uint8Array;
  readonly keyInfo: XmlElement;
  readonly signedProperties: XmlElement;
}

function findSignature(root: XmlElement): SignatureParts {
  const signature = elementsOf(root).at(-1);
  if (signature === undefined || !isNamed(signature, ds('Signature')))
    refuseList('The list does not end with a signature.');
  if (countDescendants(root, ds('Signature')) !== 1) refuseList('The list has more than one signature.');
  const [signedInfo, signatureValue, keyInfo, object, ...others] = elementsOf(signature);
  if (
    signedInfo === undefined ||
    signatureValue === undefined ||
    keyInfo === undefined ||
    object === undefined ||
    others.length > 0
  ) {
    refuseList('The signature has not exactly SignedInfo, SignatureValue, KeyInfo and one Object.');
  }
  const named = [signedInfo, signatureValue, keyInfo, object].map((element, at) =>
    isNamed(element, order[at] as XmlName),
  );
  if (named.includes(false)) refuseList('The parts of the signature are not in their order.');
  const [qualifying, ...more] = elementsOf(object);
  if (qualifying === undefined || more.length > 0 || !isNamed(qualifying, xadesName('QualifyingProperties'))) {
    refuseList('The Object of the signature is to hold the QualifyingProperties and nothing else.');
  }
  const signedProperties = onlyChild(qualifying, xadesName('SignedProperties'));
  refuseRepeatedId(root, attributeOf(signedProperties, 'Id'));
  const value = decodeBase64(textOf(signatureValue)) ?? refuseList('The signature value is not base64.');
  return { signature, signedInfo, signatureValue: value, keyInfo, signedProperties };
}

const order: readonly XmlName[] = [ds('SignedInfo'), ds('SignatureValue'), ds('KeyInfo'), ds('Object')];

function countDescendants(root: XmlElement, name: XmlName): number {
  return [...descendantsOf(root)].filter((element) => isNamed(element, name)).length;
}

function refuseRepeatedId(root: XmlElement, id: string | undefined): void {
  if (id === undefined || id === '') refuseList('The SignedProperties have no Id.');
  let bearers = 0;
  for (const { attributes } of descendantsOf(root)) {
    if (attributes.some(({ name, value }) => value === id && ids.has(name))) bearers += 1;
  }
  if (bearers !== 1) refuseList('The Id of the SignedProperties is not unique.');
}

const ids: ReadonlySet<string> = new Set(['Id', 'ID', 'id', 'xml:id']);

function readSigner(keyInfo: XmlElement): { der: Uint8Array; sha256: string; key: PublicKey } {
  const der = decodeBase64(textOf(descend(keyInfo, ds('X509Data'), ds('X509Certificate'))));
  if (der === undefined) refuseList('The certificate of the signer is not base64.');
  return { der, sha256: createHash('sha256').update(der).digest('hex'), key: parseCertificate(der).publicKey };
}

function verifySignedInfo({ signedInfo, signatureValue }: SignatureParts, publicKey: PublicKey): XmlElement {
  const octets = canonicalizeXml(signedInfo);
  const signed = parseXml(octets);
  const uri = attributeOf(onlyChild(signed, ds('SignatureMethod')), 'Algorithm') ?? '';
  const method = signatureMethods.get(uri) ?? refuseList(`The signature method ${uri} is not accepted.`);
  const key =
    keyFor(publicKey, method.key) ?? refuseList("The signer's key does not fit the signature method, or is weak.");
  const valid = verify(method.hash, octets, { key, dsaEncoding: 'ieee-p1363' }, signatureValue);
  if (!valid) refuseList('The signature value does not verify.');
  return signed;
}

/** What is weak, or dear to calculate with, OpenSSL never sees. */
function keyFor(publicKey: PublicKey, kind: 'rsa' | 'ec'): KeyObject | undefined {
  return publicKey.kind === kind && keyWeakness(publicKey) === undefined ? verificationKeyOf(publicKey) : undefined;
}

function verifyDigest(element: XmlElement, reference: SignedReference): Uint8Array {
  const octets = canonicalizeXml(element);
  const digest = createHash(reference.hash).update(octets).digest();
  if (!digest.equals(reference.digest)) refuseList(`The digest of ${element.localName} is not the signed one.`);
  return octets;
}

function verifySigningCertificate(properties: XmlElement, signer: Uint8Array): void {
  const signature = onlyChild(properties, xadesName('SignedSignatureProperties'));
  const first = optionalChild(signature, xadesName('SigningCertificate'));
  const second = optionalChild(signature, xadesName('SigningCertificateV2'));
  const [cert] = elementsOf(second ?? first ?? refuseList('The signature does not name its signing certificate.'));
  if (cert === undefined || (first !== undefined && second !== undefined))
    refuseList('The signing certificate is not named once.');
  const digest = onlyChild(cert, xadesName('CertDigest'));
  const uri = attributeOf(onlyChild(digest, ds('DigestMethod')), 'Algorithm') ?? '';
  const hash = digestMethods.get(uri) ?? refuseList(`The digest method ${uri} is not accepted.`);
  const named = decodeBase64(textOf(onlyChild(digest, ds('DigestValue'))));
  if (named === undefined || !createHash(hash).update(signer).digest().equals(named)) {
    refuseList('The signing certificate named in the signature is not the one in KeyInfo.');
  }
}
