import { type DerElement, parseDer } from '../../core/src/asn1/der-reader.js';
import { tag } from '../../core/src/asn1/der-tag.js';
import { readIa5, readText } from '../../core/src/asn1/der-text.js';
import { readGeneralizedTime, readTime } from '../../core/src/asn1/der-time.js';
import {
  readBoolean,
  readInteger,
  readNamedBits,
  readNull,
  readObjectIdentifier,
  readOctetsOfBits,
  readSmallInteger,
} from '../../core/src/asn1/der-values.js';
import { parseAlgorithm } from '../../core/src/certificate/parse-algorithm.js';
import { parseCertificate, parseListedCertificate } from '../../core/src/certificate/parse-certificate.js';
import { parseExtensions } from '../../core/src/certificate/parse-extensions.js';
import { parseGeneralName, parseGeneralNames } from '../../core/src/certificate/parse-general-name.js';
import { parseName } from '../../core/src/certificate/parse-name.js';
import { parsePsd2Statement } from '../../core/src/certificate/parse-psd2-statement.js';
import { parsePublicKey } from '../../core/src/certificate/parse-public-key.js';
import { parseQcStatements } from '../../core/src/certificate/parse-qc-statements.js';
import { parsePng } from '../../core/src/image/parse-png.js';
import { readPngChunks } from '../../core/src/image/read-png-chunks.js';
import { parseCertificateId } from '../../core/src/revocation/certificate-id.js';
import { parseCrl } from '../../core/src/revocation/parse-crl.js';
import { parseOcspRequest } from '../../core/src/revocation/parse-ocsp-request.js';
import { parseOcspResponse } from '../../core/src/revocation/parse-ocsp-response.js';
import { readRevocationReason } from '../../core/src/revocation/read-revocation-reason.js';
import { parseNameConstraints } from '../../core/src/trust/parse-name-constraints.js';
import { readListedCertificate } from '../../core/src/trust/trust-service-index.js';
import { parseProxyHeader, readProxyLength } from '../../server/src/http/parse-proxy-header.js';
import { parsePooledCertificate } from '../../server/src/qualification/parse-pooled-certificate.js';
import { encode } from './der-shapes.js';

/** A parser, the most octets that it is given, and how it is given them. */
export type ParserOfOctets = readonly [
  parser: { readonly name: string },
  most: number,
  give: (octets: Uint8Array) => unknown,
];

const certificate = 65_536;
const ofElement = (parse: (element: DerElement) => unknown) => (octets: Uint8Array) => parse(parseDer(octets, 'input'));
/** The content under a type of its own. */
const ofContent = (identifier: number, parse: (element: DerElement) => unknown) => (octets: Uint8Array) =>
  parse(parseDer(encode(identifier, octets), 'input'));

export const parsersOfOctets: readonly ParserOfOctets[] = [
  [parseDer, certificate, (octets) => parseDer(octets, 'input')],
  [readBoolean, certificate, ofContent(tag.boolean, readBoolean)],
  [readInteger, certificate, ofContent(tag.integer, readInteger)],
  [readSmallInteger, certificate, ofContent(tag.integer, readSmallInteger)],
  [readNull, certificate, ofContent(tag.null, readNull)],
  [readOctetsOfBits, certificate, ofContent(tag.bitString, readOctetsOfBits)],
  [readNamedBits, certificate, ofContent(tag.bitString, readNamedBits)],
  [readObjectIdentifier, certificate, ofContent(tag.objectIdentifier, readObjectIdentifier)],
  [readText, certificate, ofContent(tag.utf8String, readText)],
  [readText, certificate, ofContent(tag.bmpString, readText)],
  [readText, certificate, ofContent(tag.printableString, readText)],
  [readIa5, certificate, ofContent(tag.ia5String, readIa5)],
  [readTime, certificate, ofContent(tag.utcTime, readTime)],
  [readGeneralizedTime, certificate, ofContent(tag.generalizedTime, readGeneralizedTime)],
  [parseAlgorithm, certificate, ofElement(parseAlgorithm)],
  [parseName, certificate, ofElement(parseName)],
  [parsePublicKey, certificate, ofElement(parsePublicKey)],
  [parseGeneralNames, certificate, ofElement(parseGeneralNames)],
  [parseGeneralName, certificate, ofElement(parseGeneralName)],
  [parseExtensions, certificate, ofElement(parseExtensions)],
  [parsePsd2Statement, certificate, ofElement(parsePsd2Statement)],
  [parseQcStatements, certificate, parseQcStatements],
  [parseNameConstraints, certificate, parseNameConstraints],
  [readRevocationReason, certificate, ofElement(readRevocationReason)],
  [parseCertificateId, certificate, ofElement(parseCertificateId)],
  [parseCertificate, certificate, parseCertificate],
  [parseListedCertificate, certificate, parseListedCertificate],
  [readListedCertificate, certificate, readListedCertificate],
  [parsePooledCertificate, certificate, parsePooledCertificate],
  [readProxyLength, 1_024, readProxyLength],
  [parseProxyHeader, 1_024, (octets) => parseProxyHeader(proxyHead(octets.length), octets)],
  [parseOcspRequest, certificate, parseOcspRequest],
  [parseOcspResponse, 4 * certificate, parseOcspResponse],
  [parseCrl, 1_048_576, parseCrl],
  [parsePng, certificate, parsePng],
  [readPngChunks, certificate, readPngChunks],
];

/** The fixed part of version 2 over IPv4. */
function proxyHead(length: number): Buffer {
  return Buffer.from(`0d0a0d0a000d0a515549540a2111${length.toString(16).padStart(4, '0')}`, 'hex');
}
