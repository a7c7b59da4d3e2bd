import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nullValue } from '@postern/core/asn1/der-writer.js';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import {
  authorityKeyIdentifier,
  extendedKeyUsage,
  extension,
  keyUsage,
  subjectKeyIdentifier,
} from '@postern/core/issuance/extensions.js';
import { daysFrom } from '../world/instants.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';
import { type Credential, isLasting, readCredential } from '../x509/credential.js';
import { generateKeyPair, type KeyPair } from '../x509/key-pair.js';
import { signCertificate } from '../x509/sign-certificate.js';
import { credentialFiles } from './create-qtsp.js';

/** Where a responder lies, and for whom it answers. */
export interface ResponderPlace {
  readonly directory: string;
  readonly issuing: Credential;
  readonly organizationName: string;
}

/** The delegated OCSP responder (RFC 6960 clause 4.2.2.2) of the issuing CA, made anew when absent or about to end. */
export async function openOcspResponder(of: ResponderPlace, now: Date): Promise<Credential> {
  const { directory } = of;
  const path = join(directory, 'ocsp');
  if (existsSync(`${path}.pem`)) {
    const credential = await readCredential(path);
    if (isLasting(credential, now)) {
      return credential;
    }
  }
  const key = await generateKeyPair('ec');
  for (const file of credentialFiles('ocsp', key, responderCertificate(key, of, now))) {
    await writeFileAtomically(join(directory, file.name), file.content, file.secret ? 0o600 : 0o644);
  }
  return readCredential(path);
}

function responderCertificate(key: KeyPair, { issuing, organizationName }: ResponderPlace, now: Date): Uint8Array {
  const recipe = {
    issuer: issuing.certificate.subject.der,
    subject: distinguishedName({ countryName: 'FR', organizationName, commonName: `${organizationName} OCSP` }),
    publicKey: key.publicKey,
    notBefore: daysFrom(now, -1),
    notAfter: daysFrom(now, 365),
    extensions: [
      keyUsage('digitalSignature'),
      extendedKeyUsage(oid.ocspSigning),
      extension(oid.ocspNoCheck, nullValue()),
      subjectKeyIdentifier(key.publicKey),
      authorityKeyIdentifier(issuing.publicKey),
    ],
  };
  return signCertificate(recipe, issuing.privateKey);
}
