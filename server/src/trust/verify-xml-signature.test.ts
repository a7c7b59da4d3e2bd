import { describe, expect, test } from 'vitest';
import { issueCertificate } from '../../../tests/material/issue-certificate.js';
import { pinOf, renderList, renderService, signList } from '../../../tests/material/signed-list.js';
import { parseTrustedList } from './parse-trusted-list.js';
import { verifyXmlSignature } from './verify-xml-signature.js';

const signer = issueCertificate({ commonName: 'Scheme operator' });
const stranger = issueCertificate({ commonName: 'Stranger' });
const rsaSigner = issueCertificate({ commonName: 'Scheme operator', rsa: true });
const authority = issueCertificate({ commonName: 'Issuing CA' });
const pins = new Set([pinOf(signer), pinOf(rsaSigner)]);
const content = renderList({
  territory: 'FR',
  sequence: 7,
  services: [{ certificate: authority, status: 'withdrawn' }],
});
const signed = signList(content, signer);

function verify(document: string, pinned = pins) {
  return verifyXmlSignature(Buffer.from(document), pinned);
}

function statusOf(document: string): string | undefined {
  return parseTrustedList(verify(document).octets).services[0]?.statuses[0]?.status.split('/').at(-1);
}

describe('a list signed as it should be', () => {
  test('gives back exactly what was signed, without the signature', () => {
    expect(new TextDecoder().decode(verify(signed).octets)).toBe(content);
    expect(verify(signed).signer).toBe(pinOf(signer));
  });
  test('may be signed with RSA', () => {
    const method = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
    expect(new TextDecoder().decode(verify(signList(content, rsaSigner, { signatureMethod: method })).octets)).toBe(
      content,
    );
  });
  test('may begin with a byte order mark and blanks', () => {
    expect(statusOf(`\uFEFF\n ${signed}`)).toBe('withdrawn');
  });
  test('is read whatever comments say in it', () => {
    expect(statusOf(signed.replace('Svcstatus/with', 'Svcstatus/with<!-- no longer -->'))).toBe('withdrawn');
    expect(statusOf(signed.replace('withdrawn', '<!--granted-->withdrawn'))).toBe('withdrawn');
  });
});

describe('a list that was altered or is not signed [U1]', () => {
  test.each([
    ['a status', signed.replace('Svcstatus/withdrawn', 'Svcstatus/granted')],
    ['a blank', signed.replace('<TSPService>', '<TSPService> ')],
    ['the signature value', signed.replace(/(<ds:SignatureValue>)(....)/, '$1AAAA')],
    ['the signed properties', signed.replace('<xades:Cert>', '<xades:Cert Id="x">')],
    ['nothing but the signature is gone', `<?xml version="1.0"?>${content}`],
    [
      'nothing but the signature is empty',
      signed.replace(
        /<ds:Signature .*<\/ds:Signature>/,
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
      ),
    ],
    ['all of it', ''],
    ['the end', signed.slice(0, -20)],
  ])('is refused: %s', (_name, document) => {
    expect(() => verify(document)).toThrow(
      expect.objectContaining({ name: 'Refusal', code: 'TRUST_DATA_UNAVAILABLE' }),
    );
  });
});

describe('a list signed by somebody else [U2] [U4]', () => {
  test('is refused when its signer is not pinned', () => {
    expect(() => verify(signList(content, stranger))).toThrow('not a pinned signer');
  });
  test('is refused when it shows the certificate of the pinned signer', () => {
    expect(() => verify(signList(content, stranger, { shown: signer, named: signer }))).toThrow('does not verify');
  });
  test('is refused when the signed properties name another certificate', () => {
    expect(() => verify(signList(content, signer, { named: stranger }))).toThrow('not the one in KeyInfo');
  });
  test('is refused when there is a key but no certificate', () => {
    const keyOnly = signed.replace(/<ds:X509Data>.*<\/ds:X509Data>/, '<ds:KeyValue>AAAA</ds:KeyValue>');
    expect(() => verify(keyOnly)).toThrow('KeyInfo has no X509Data');
  });
  test.each([
    'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
    'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
    'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1',
  ])('is refused by its method %s', (signatureMethod) => {
    expect(() => verify(signList(content, signer, { signatureMethod }))).toThrow('is not accepted');
  });
  test('is refused when the method does not fit the key', () => {
    const signatureMethod = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
    expect(() => verify(signList(content, signer, { signatureMethod }))).toThrow('does not fit');
  });
  test('is refused by a digest with SHA-1', () => {
    expect(() => verify(signList(content, signer, { digestMethod: 'http://www.w3.org/2000/09/xmldsig#sha1' }))).toThrow(
      'is not accepted',
    );
  });
});

describe('a list whose signature is wrapped [U3]', () => {
  const forged = renderList({ territory: 'FR', sequence: 7, services: [{ certificate: authority }] });
  const service = renderService({ certificate: stranger });
  test.each([
    [
      'the signed list moved into another',
      `${forged.slice(0, forged.lastIndexOf('</'))}${signed.slice(signed.indexOf('?>') + 2)}</TrustServiceStatusList>`,
    ],
    [
      'a trust service in an Object of the signature',
      signed.replace('</ds:Signature>', `<ds:Object>${service}</ds:Object></ds:Signature>`),
    ],
    [
      'a trust service beside the qualifying properties',
      signed.replace('</xades:QualifyingProperties>', `</xades:QualifyingProperties>${service}`),
    ],
    [
      'a second signature',
      signed.replace('</ds:Signature>', `</ds:Signature>${/<ds:Signature .*<\/ds:Signature>/.exec(signed)?.[0]}`),
    ],
    [
      'a signature inside the signature',
      signed.replace('</ds:Signature>', '<ds:Signature></ds:Signature></ds:Signature>'),
    ],
    ['something after the signature', signed.replace('</ds:Signature>', `</ds:Signature>${service}`)],
    ['the Id of the signed properties twice', signed.replace('<SchemeInformation>', '<SchemeInformation Id="signed">')],
    ['a reference to another node', signList(content, signer, { documentUri: '#signed' })],
    [
      'an XPath transform',
      signList(content, signer, { documentTransforms: ['http://www.w3.org/TR/1999/REC-xpath-19991116'] }),
    ],
    [
      'an XSLT transform',
      signList(content, signer, { documentTransforms: ['http://www.w3.org/TR/1999/REC-xslt-19991116'] }),
    ],
    ['no transform', signList(content, signer, { documentTransforms: [] })],
    ['a third reference', signList(content, signer, { extraReference: '<ds:Reference URI="#x"></ds:Reference>' })],
    ['parameters of a transform', signed.replace('exc-c14n#"></ds:Transform>', 'exc-c14n#"><x></x></ds:Transform>')],
    ['another root', `<x>${signed.slice(signed.indexOf('?>') + 2)}</x>`],
  ])('is refused: %s', (_name, document) => {
    expect(() => verify(document)).toThrow(expect.objectContaining({ name: 'Refusal' }));
  });
});

describe('a list that is more than plain XML [U5]', () => {
  const body = signed.slice(signed.indexOf('?>') + 2);
  test.each([
    ['a document type', `<!DOCTYPE TrustServiceStatusList>${body}`],
    ['an internal entity', `<!DOCTYPE x [<!ENTITY a "granted">]>${body.replace('withdrawn', '&a;')}`],
    ['an external entity', `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${body}`],
    ['a parameter entity', `<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/"> %a;]>${body}`],
    ['nested entities', `<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>${body.replace('withdrawn', '&b;')}`],
    ['an entity nobody declared', body.replace('withdrawn', '&a;')],
    ['a processing instruction', body.replace('<TSPService>', '<?granted?><TSPService>')],
    ['a style sheet', `<?xml-stylesheet href="x"?>${body}`],
    ['UTF-16', '\u0000<\u0000a'],
    ['deep nesting', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`],
    ['a nesting bomb', '<a>'.repeat(1_000_000)],
    ['an endless tag', `<a ${'b="" '.repeat(100_000)}>`],
    [
      'a bomb of namespaces',
      `<r ${Array.from({ length: 500 }, (_, at) => `xmlns:n${at}="u"`).join(' ')}>${'<a/>'.repeat(100_000)}</r>`,
    ],
  ])('is refused: %s', (_name, document) => {
    expect(() => verify(document)).toThrow(expect.objectContaining({ name: 'Refusal' }));
  });
  test('is refused when it is not in UTF-8 or too long', () => {
    expect(() => verifyXmlSignature(Uint8Array.of(0x3c, 0x61, 0x3e, 0xff), pins)).toThrow('UTF-8');
    expect(() => verifyXmlSignature(new Uint8Array(21 * 1024 * 1024), pins)).toThrow('longer');
  });
});
