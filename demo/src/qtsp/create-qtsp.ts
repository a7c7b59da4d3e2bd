import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  caConstraints,
  certificatePolicies,
  keyUsage,
  subjectKeyIdentifier,
} from '@postern/core/issuance/extensions.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import type { NewFile } from '../world/create-directory-atomically.js';
import { daysFrom } from '../world/instants.js';
import { generateKeyPair, type KeyPair, renderPrivateKey } from '../x509/key-pair.js';
import { signCertificate } from '../x509/sign-certificate.js';
import type { QtspIdentity } from './qtsp-identity.js';

const ANY_POLICY = '2.5.29.32.0';
/** The CAs begin in the past, so that a certificate that has already ended was in its time issued by a valid CA. */
const YEARS_BEFORE = 3;
const YEARS_AFTER = 15;

/**
 * The files of a QTSP: a root and the issuing CA under it, with their keys.
 * Called a second time it makes one of the same names with other keys, which is what an impostor is.
 */
export async function createQtsp(identity: QtspIdentity, url: string, now: Date): Promise<readonly NewFile[]> {
  const [root, issuing] = await Promise.all([generateKeyPair('rsa'), generateKeyPair('rsa')]);
  return [
    ...credentialFiles('root', root, rootCertificate(root, identity, now)),
    ...credentialFiles('issuing', issuing, issuingCertificate({ root, issuing, identity, url, now })),
  ];
}

/** `NAME.pem` and `NAME-key.pem`. */
export function credentialFiles(name: string, key: KeyPair, certificate: Uint8Array): readonly NewFile[] {
  return [
    { name: `${name}-key.pem`, content: renderPrivateKey(key), secret: true },
    { name: `${name}.pem`, content: renderPem('CERTIFICATE', certificate) },
  ];
}

function rootCertificate(root: KeyPair, identity: QtspIdentity, now: Date): Uint8Array {
  const rootName = authorityName(identity, 'Root CA');
  const recipe = {
    issuer: rootName,
    subject: rootName,
    publicKey: root.publicKey,
    ...caValidity(now),
    extensions: [caConstraints(), keyUsage('keyCertSign', 'cRLSign'), subjectKeyIdentifier(root.publicKey)],
  };
  return signCertificate(recipe, root.privateKey);
}

interface IssuingRecipe {
  readonly root: KeyPair;
  readonly issuing: KeyPair;
  readonly identity: QtspIdentity;
  readonly url: string;
  readonly now: Date;
}

function issuingCertificate(from: IssuingRecipe): Uint8Array {
  const recipe = {
    issuer: authorityName(from.identity, 'Root CA'),
    subject: authorityName(from.identity, 'Qualified CA'),
    publicKey: from.issuing.publicKey,
    ...caValidity(from.now),
    extensions: [
      caConstraints(0),
      keyUsage('keyCertSign', 'cRLSign'),
      certificatePolicies(ANY_POLICY),
      subjectKeyIdentifier(from.issuing.publicKey),
      authorityKeyIdentifier(from.root.publicKey),
      authorityInformationAccess({ issuer: `${from.url}${from.identity.path}/certificates/root.cer` }),
    ],
  };
  return signCertificate(recipe, from.root.privateKey);
}

function authorityName({ organizationName, organizationIdentifier }: QtspIdentity, role: string): Uint8Array {
  const qtsp = { countryName: 'FR', organizationName, organizationIdentifier };
  return distinguishedName({ ...qtsp, commonName: `${organizationName} ${role}` });
}

function caValidity(now: Date): { notBefore: Date; notAfter: Date } {
  return { notBefore: daysFrom(now, -365 * YEARS_BEFORE), notAfter: daysFrom(now, 365 * YEARS_AFTER) };
}
