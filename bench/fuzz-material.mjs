import * as der from '../core/dist/asn1/der-writer.js';
import { oid } from '../core/dist/certificate/object-identifiers.js';
import { parseCertificate } from '../core/dist/certificate/parse-certificate.js';
import { distinguishedName } from '../core/dist/issuance/distinguished-name.js';
import * as extensions from '../core/dist/issuance/extensions.js';
import { qcStatements } from '../core/dist/issuance/qc-statements.js';
import { renderCrl } from '../core/dist/issuance/render-crl.js';
import { renderOcspResponse } from '../core/dist/issuance/render-ocsp-response.js';
import { encodeOcspRequest } from '../core/dist/revocation/encode-ocsp-request.js';
import { parseOcspRequest } from '../core/dist/revocation/parse-ocsp-request.js';
import { generateKeyPair } from '../demo/dist/x509/key-pair.js';
import { signCertificate } from '../demo/dist/x509/sign-certificate.js';

/** Sound certificates, statements, status answers, names and identifiers, made anew at each run. */
export async function makeMaterial(now) {
  const ca = await makeAuthority(now);
  const leaves = await Promise.all([makeLeaf(ca, now, 'rsa'), makeLeaf(ca, now, 'ec')]);
  const certificates = [ca.certificate, ...leaves];
  const times = { thisUpdate: now, nextUpdate: new Date(now.getTime() + 60_000) };
  const revoked = certificates.map(({ serialNumber }) => ({ serialNumber, revokedAt: now, reason: 1 }));
  const statusOf = (serialNumber) => (serialNumber === leaves[1].serialNumber ? revoked[2] : 'good');
  const responder = { ...ca, certificate: ca.certificate.der };
  const requests = leaves.map((certificate) =>
    parseOcspRequest(encodeOcspRequest({ certificate, issuer: ca.certificate })),
  );
  return {
    issuer: ca.certificate,
    certificates: certificates.map((certificate) => certificate.der),
    names: [...certificates.map(({ subject }) => subject.der), ...costlyNames],
    statements: certificates.flatMap((certificate) =>
      certificate.extensions.flatMap(({ oid: id, value }) => (id === oid.qcStatements ? [value] : [])),
    ),
    responses: requests.map((request) => renderOcspResponse(request, { issuer: ca, responder, statusOf }, times)),
    lists: [revoked, revoked.slice(0, 1), []].map((listed) => renderCrl(listed, ca, times)),
    identifiers: ['PSDFR-ACPR-12345', 'PSDFI-FINFSA-1234567-8', 'VATBE-0876866142', 'LEIXG-1234', 'EI:SE-5567971433'],
  };
}

/** Names whose comparing or printing costs more than their length suggests. */
const costlyNames = ['a\u0301\u0316', '\ufdfa', '\u202e', '"', 'a   '].map((text) =>
  distinguishedName({ organizationName: text.repeat(Math.floor(3_900 / Buffer.byteLength(text))) }),
);

async function makeAuthority(now) {
  const keys = await generateKeyPair('ec');
  const subject = distinguishedName({ countryName: 'FR', organizationName: 'QTSP', commonName: 'Issuing CA' });
  const bytes = signCertificate(
    {
      issuer: subject,
      subject,
      publicKey: keys.publicKey,
      ...validity(now),
      extensions: [
        extensions.caConstraints(1),
        extensions.keyUsage('keyCertSign', 'cRLSign'),
        extensions.subjectKeyIdentifier(keys.publicKey),
        extensions.extension(oid.nameConstraints, nameConstraints(), true),
        extensions.extension('2.5.29.36', der.sequence(der.implicit(0, der.integer(3))), true),
      ],
    },
    keys.privateKey,
  );
  return { ...keys, name: subject, certificate: parseCertificate(bytes) };
}

function nameConstraints() {
  const dns = der.implicit(2, der.ia5String('example.com'));
  const address = der.implicit(7, der.octetString(Uint8Array.from([192, 0, 2, 0, 255, 255, 255, 0])));
  return der.sequence(
    der.implicit(0, der.sequence(der.sequence(dns))),
    der.implicit(1, der.sequence(der.sequence(address))),
  );
}

async function makeLeaf(ca, now, kind) {
  const { publicKey } = await generateKeyPair(kind);
  const roles = [
    { oid: oid.rolePspAi, name: 'PSP_AI' },
    { oid: oid.rolePspPi, name: 'PSP_PI' },
  ];
  const bytes = signCertificate(
    {
      issuer: ca.certificate.subject.der,
      subject: distinguishedName({
        countryName: 'FR',
        organizationName: 'Société d’essai',
        organizationIdentifier: 'PSDFR-ACPR-12345',
        commonName: 'tpp.example.com',
      }),
      publicKey,
      ...validity(now),
      extensions: [
        extensions.authorityKeyIdentifier(ca.publicKey),
        extensions.subjectKeyIdentifier(publicKey),
        extensions.keyUsage('digitalSignature'),
        extensions.extendedKeyUsage(oid.serverAuth, oid.clientAuth),
        extensions.certificatePolicies(oid.policyWebExtended, oid.policyWebPsd2),
        extensions.alternativeNames({
          dns: ['tpp.example.com', '*.example.com'],
          ip: [Uint8Array.from([198, 51, 100, 7])],
        }),
        qcStatements({
          qcType: oid.qcTypeWeb,
          disclosures: { en: 'https://a.example/en.pdf', fr: 'https://a.example/fr.pdf' },
          psd2: { roles, ncaName: 'ACPR', ncaId: 'FR-ACPR', flat: kind === 'ec' },
        }),
        extensions.authorityInformationAccess({ ocsp: 'http://a.example/ocsp', issuer: 'http://a.example/ca.cer' }),
        extensions.crlDistributionPoint('http://a.example/ca.crl'),
        extensions.extension(oid.organizationExtension, organizationExtension()),
      ],
    },
    ca.privateKey,
  );
  return parseCertificate(bytes);
}

function organizationExtension() {
  return der.sequence(der.printableString('PSD'), der.printableString('FR'), der.utf8String('ACPR-12345'));
}

function validity(now) {
  return { notBefore: new Date(now.getTime() - 60_000), notAfter: new Date(now.getTime() + 31_536_000_000) };
}
