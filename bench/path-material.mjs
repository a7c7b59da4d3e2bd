import { oid } from '../core/dist/certificate/object-identifiers.js';
import { parseCertificate } from '../core/dist/certificate/parse-certificate.js';
import { distinguishedName } from '../core/dist/issuance/distinguished-name.js';
import * as extensions from '../core/dist/issuance/extensions.js';
import { qcStatements } from '../core/dist/issuance/qc-statements.js';
import { generateKeyPair } from '../demo/dist/x509/key-pair.js';
import { signCertificate } from '../demo/dist/x509/sign-certificate.js';

/** Certification paths of QWACs, DER, end entity first and anchor last, made anew at each run. */
export async function makePaths(now) {
  const paths = [];
  for (const kind of ['rsa', 'ec']) {
    const root = await makeAuthority({ kind, name: 'Root CA', now });
    const issuing = await makeAuthority({ kind, name: 'Issuing CA', now, issuer: root });
    const label = kind === 'rsa' ? 'RSA-2048' : 'P-256';
    paths.push({ name: `${label}: leaf, CA`, ders: [await makeLeaf({ kind, now, issuer: root }), root.der] });
    paths.push({
      name: `${label}: leaf, subordinate CA, root CA`,
      ders: [await makeLeaf({ kind, now, issuer: issuing }), issuing.der, root.der],
    });
  }
  return paths;
}

async function makeAuthority({ kind, name, now, issuer = undefined }) {
  const keys = await generateKeyPair(kind);
  const subject = distinguishedName({ countryName: 'FR', organizationName: 'QTSP', commonName: name });
  const der = signCertificate(
    {
      issuer: issuer?.subject ?? subject,
      subject,
      publicKey: keys.publicKey,
      ...validity(now),
      extensions: [
        extensions.caConstraints(issuer === undefined ? 1 : 0),
        extensions.keyUsage('keyCertSign', 'cRLSign'),
        extensions.subjectKeyIdentifier(keys.publicKey),
        ...(issuer === undefined ? [] : [extensions.authorityKeyIdentifier(issuer.publicKey)]),
      ],
    },
    (issuer ?? keys).privateKey,
  );
  return { ...keys, subject: parseCertificate(der).subject.der, der };
}

async function makeLeaf({ kind, now, issuer }) {
  const { publicKey } = await generateKeyPair(kind);
  return signCertificate(
    {
      issuer: issuer.subject,
      subject: distinguishedName({
        countryName: 'FR',
        organizationName: 'Société d’essai',
        organizationIdentifier: 'PSDFR-ACPR-12345',
        commonName: 'tpp.example.com',
      }),
      publicKey,
      ...validity(now),
      extensions: [
        extensions.authorityKeyIdentifier(issuer.publicKey),
        extensions.subjectKeyIdentifier(publicKey),
        extensions.keyUsage('digitalSignature'),
        extensions.extendedKeyUsage(oid.serverAuth, oid.clientAuth),
        extensions.certificatePolicies(oid.policyWebExtended, oid.policyWebPsd2),
        extensions.alternativeNames({ dns: ['tpp.example.com'] }),
        qcStatements({
          qcType: oid.qcTypeWeb,
          disclosures: { en: 'https://a.example/en.pdf', fr: 'https://a.example/fr.pdf' },
          psd2: { roles: [{ oid: oid.rolePspAi, name: 'PSP_AI' }], ncaName: 'ACPR', ncaId: 'FR-ACPR', flat: false },
        }),
        extensions.authorityInformationAccess({ ocsp: 'http://a.example/ocsp', issuer: 'http://a.example/ca.cer' }),
        extensions.crlDistributionPoint('http://a.example/ca.crl'),
      ],
    },
    issuer.privateKey,
  );
}

function validity(now) {
  return { notBefore: new Date(now.getTime() - 60_000), notAfter: new Date(now.getTime() + 31_536_000_000) };
}
