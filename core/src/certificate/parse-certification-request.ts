import { type DerElement, DerMembers, parseDer } from '../asn1/der-reader.js';
import { contextConstructed, tag } from '../asn1/der-tag.js';
import { readObjectIdentifier, readOctetsOfBits, readSmallInteger } from '../asn1/der-values.js';
import { Refusal } from '../refusal/refusal.js';
import type { RefusalReason } from '../refusal/refusal-reason.js';
import type { AlgorithmIdentifier, Name, PublicKey } from './certificate.js';
import { parseAlgorithm } from './parse-algorithm.js';
import { parseExtensions } from './parse-extensions.js';
import { parseName } from './parse-name.js';
import { parsePublicKey } from './parse-public-key.js';
import { requestKeyFault } from './request-key-fault.js';
import { verifySignature } from './verify-signature.js';

/** A certification request (PKCS #10, RFC 2986) whose sender has proved to hold the private key. */
export interface CertificationRequest {
  readonly der: Uint8Array;
  readonly subject: Name;
  readonly publicKey: PublicKey;
  /** Object identifiers of the extensions that it asks for. */
  readonly requestedExtensions: readonly string[];
}

const maximumOctets = 16 * 1024;
const maximumAttributes = 16;
const extensionRequest = '1.2.840.113549.1.9.14';
const labels = ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'];

/**
 * Reads a request in DER, PEM or base64, at most 16 KiB, and verifies its signature and the strength of its key. Throws Refusal
 * CERTIFICATION_REQUEST_INVALID and nothing else; a private key is refused before anything of it is read.
 */
export function parseCertificationRequest(input: string | Uint8Array): CertificationRequest {
  const der = readOctets(input);
  if (looksLikePrivateKey(der)) refusePrivateKey();
  try {
    return readRequest(der);
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'CERTIFICATION_REQUEST_INVALID')
      return refuse('malformed', error.message);
    throw error;
  }
}

function readRequest(der: Uint8Array): CertificationRequest {
  const members = new DerMembers(parseDer(der, 'certification request', tag.sequence));
  const signed = members.next(tag.sequence, 'certificationRequestInfo');
  const signatureAlgorithm = parseAlgorithm(members.next(tag.sequence, 'signatureAlgorithm'));
  const signature = readOctetsOfBits(members.next(tag.bitString, 'signature'));
  members.end();
  const requested = readRequested(signed);
  verifyPossession({ tbs: signed.encoded, signatureAlgorithm, signature }, requested.publicKey);
  return { der, ...requested };
}

function readRequested(signed: DerElement): Omit<CertificationRequest, 'der'> {
  const members = new DerMembers(signed);
  if (readSmallInteger(members.next(tag.integer, 'version')) !== 0) refuse('malformed', 'version: it is not 0');
  const subject = parseName(members.next(tag.sequence, 'subject'));
  const publicKey = parsePublicKey(members.next(tag.sequence, 'subjectPKInfo'));
  // RFC 2986 has the attributes always there, perhaps empty; some programs leave them out.
  const attributes = members.optional(contextConstructed(0), 'attributes');
  members.end();
  return { subject, publicKey, requestedExtensions: attributes === undefined ? [] : readAttributes(attributes) };
}

/** Each type once, one value each; but for the extensions asked for nothing in them is read. */
function readAttributes(element: DerElement): readonly string[] {
  const attributes = new DerMembers(element).rest('attribute', maximumAttributes, tag.sequence).map((attribute) => {
    const members = new DerMembers(attribute);
    const type = readObjectIdentifier(members.next(tag.objectIdentifier, 'attribute type'));
    const values = new DerMembers(members.next(tag.set, `attribute ${type}`)).rest(`attribute ${type}`, 1);
    members.end();
    return { type, value: values[0] };
  });
  const types = attributes.map(({ type }) => type);
  const repeated = types.find((type, at) => types.indexOf(type) !== at);
  if (repeated !== undefined) refuse('malformed', `attributes: ${repeated} is there twice`);
  const asked = attributes.find(({ type }) => type === extensionRequest)?.value;
  // An empty list of extensions is how some programs say that they ask for none.
  if (asked === undefined || asked.content.length === 0) return [];
  return parseExtensions({ ...asked, content: asked.encoded }).map(({ oid }) => oid);
}

function verifyPossession(
  signed: { tbs: Uint8Array; signatureAlgorithm: AlgorithmIdentifier; signature: Uint8Array },
  publicKey: PublicKey,
): void {
  const fault = requestKeyFault(publicKey);
  if (fault !== undefined) refuse(fault.reason, `public key: ${fault.text}`);
  const verdict = verifySignature(signed, publicKey);
  if (verdict.outcome === 'weak') refuse('signature-not-allowed', `signature: ${verdict.detail}`);
  if (verdict.outcome === 'invalid')
    refuse('not-proved', 'signature: it does not verify, so it is not proved that you hold the private key');
}

function readOctets(input: string | Uint8Array): Uint8Array {
  if (input.length > maximumOctets * 2) refuse('too-long', `it is longer than ${maximumOctets} octets`);
  const der = typeof input !== 'string' && input[0] === 0x30 ? input : decodeText(input);
  if (der.length > maximumOctets) refuse('too-long', `it is longer than ${maximumOctets} octets`);
  return der;
}

function decodeText(input: string | Uint8Array): Uint8Array {
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
  if (/PRIVATE KEY/i.test(text)) refusePrivateKey();
  return decodeBase64(text.includes('-----') ? insideOfPem(text) : text);
}

/** One block and nothing beside it but blanks. */
function insideOfPem(text: string): string {
  const found = /^\s*-----BEGIN ([A-Z ]{1,40})-----([^-]*)-----END \1-----\s*$/.exec(text);
  if (found === null || !labels.includes(found[1] ?? ''))
    refuse('not-one-pem', 'it is not one PEM block "CERTIFICATE REQUEST" alone');
  return found[2] ?? '';
}

function decodeBase64(text: string): Uint8Array {
  const compact = text.replaceAll(/[ \t\r\n]+/g, '');
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== compact)
    refuse('not-encoded', 'it is neither DER, nor PEM, nor base64');
  return bytes;
}

/** PKCS #1, SEC 1 and PKCS #8 all begin with a version where a request has its signed part; encrypted PKCS #8 ends in octets. */
function looksLikePrivateKey(der: Uint8Array): boolean {
  try {
    const members = new DerMembers(parseDer(der, 'input', tag.sequence));
    const first = members.any('first');
    if (first.identifier === tag.integer) return true;
    return first.identifier === tag.sequence && members.any('second').identifier === tag.octetString;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
}

function refusePrivateKey(): never {
  return refuse(
    'private-key',
    'this is a private key. Nothing of it was kept, but it has left your machine: destroy it, make another, and never send one',
  );
}

function refuse(reason: RefusalReason, problem: string): never {
  throw new Refusal('CERTIFICATION_REQUEST_INVALID', `The certification request cannot be used: ${problem}.`, {
    reason,
  });
}
