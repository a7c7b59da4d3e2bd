import { createHash, sign } from 'node:crypto';
import { renderInstant } from '../world/instants.js';
import type { Credential } from '../x509/credential.js';
import { renderCanonical, vocabulary, type XmlElement } from './canonical-xml.js';

const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const SIGNED_PROPERTIES = 'http://uri.etsi.org/01903#SignedProperties';

const ds = vocabulary('http://www.w3.org/2000/09/xmldsig#', 'ds');
const xades = vocabulary('http://uri.etsi.org/01903/v1.3.2#', 'xades');

/** The list as a document with an enveloped XAdES baseline B signature as its last child (TS 119 612 clause 5.7.1). */
export function signList(list: XmlElement, signer: Credential, signingTime: Date): string {
  const content = renderCanonical(list);
  const id = `id-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
  const properties = signedProperties(id, signer, signingTime);
  const signedParts = signedInfo(id, digestOf(content), digestOf(renderCanonical(properties)));
  const value = sign('sha256', Buffer.from(renderCanonical(signedParts)), signer.privateKey).toString('base64');
  const signature = ds(
    'Signature',
    { Id: id },
    signedParts,
    ds('SignatureValue', { Id: `value-${id}` }, value),
    ds('KeyInfo', {}, ds('X509Data', {}, ds('X509Certificate', {}, base64(signer.certificate.der)))),
    ds('Object', {}, xades('QualifyingProperties', { Target: `#${id}` }, properties)),
  );
  const signed = renderCanonical({ ...list, children: [...list.children, signature] });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${signed}\n`;
}

function signedInfo(id: string, documentDigest: string, propertiesDigest: string): XmlElement {
  return ds(
    'SignedInfo',
    {},
    ds('CanonicalizationMethod', { Algorithm: EXCLUSIVE_C14N }),
    ds('SignatureMethod', { Algorithm: RSA_SHA256 }),
    reference({ Id: `ref-${id}`, URI: '' }, [ENVELOPED_SIGNATURE, EXCLUSIVE_C14N], documentDigest),
    reference({ Type: SIGNED_PROPERTIES, URI: `#xades-${id}` }, [EXCLUSIVE_C14N], propertiesDigest),
  );
}

function reference(
  attributes: Readonly<Record<string, string>>,
  transforms: readonly string[],
  digest: string,
): XmlElement {
  return ds(
    'Reference',
    attributes,
    ds('Transforms', {}, ...transforms.map((transform) => ds('Transform', { Algorithm: transform }))),
    ds('DigestMethod', { Algorithm: SHA256 }),
    ds('DigestValue', {}, digest),
  );
}

function signedProperties(id: string, signer: Credential, signingTime: Date): XmlElement {
  const certificateDigest = xades(
    'CertDigest',
    {},
    ds('DigestMethod', { Algorithm: SHA256 }),
    ds('DigestValue', {}, digestOf(signer.certificate.der)),
  );
  return xades(
    'SignedProperties',
    { Id: `xades-${id}` },
    xades(
      'SignedSignatureProperties',
      {},
      xades('SigningTime', {}, renderInstant(signingTime)),
      xades('SigningCertificateV2', {}, xades('Cert', {}, certificateDigest)),
    ),
    xades(
      'SignedDataObjectProperties',
      {},
      xades('DataObjectFormat', { ObjectReference: `#ref-${id}` }, xades('MimeType', {}, 'text/xml')),
    ),
  );
}

function digestOf(octets: string | Uint8Array): string {
  return createHash('sha256').update(octets).digest('base64');
}

function base64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64');
}
