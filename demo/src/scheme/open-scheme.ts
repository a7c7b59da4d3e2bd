import { join } from 'node:path';
import type { Certificate } from '@postern/core/certificate/certificate.js';
import { distinguishedName } from '@postern/core/issuance/distinguished-name.js';
import { extendedKeyUsage, keyUsage, subjectKeyIdentifier } from '@postern/core/issuance/extensions.js';
import { renderPem } from '@postern/core/issuance/pem.js';
import { createDirectoryAtomically, type NewFile } from '../world/create-directory-atomically.js';
import { daysFrom } from '../world/instants.js';
import type { WorldPaths } from '../world/world-paths.js';
import { writeFileAtomically } from '../world/write-file-atomically.js';
import { type Credential, readCertificateFile, readCredential } from '../x509/credential.js';
import { generateKeyPair, type KeyPair, renderPrivateKey } from '../x509/key-pair.js';
import { signCertificate } from '../x509/sign-certificate.js';
import { readSchemeState, type SchemeState } from './scheme-state.js';

const TSL_SIGNING = '0.4.0.2231.3.0';

/** Names of the two scheme operators, in their lists and in the certificates that sign these (TS 119 612 clause 5.7.1). */
export const operators = {
  lotl: { country: 'EU', name: 'Postern Demo Commission' },
  national: { country: 'FR', name: 'Postern Demo Supervisory Body' },
} as const;

/** The signers of the list of trusted lists and of the national list, and what happens to the lists. */
export interface Scheme {
  readonly lotl: Credential;
  readonly national: Credential;
  /** The signers that the list of trusted lists names for the national one. */
  readonly announced: readonly Certificate[];
  readonly state: SchemeState;
}

/** Opens the scheme operators' keys, creating them when absent. To be called under the world's lock. */
export async function openScheme(paths: WorldPaths, now: Date): Promise<Scheme> {
  await createDirectoryAtomically(paths.scheme, () => createScheme(now));
  const state = await readSchemeState(paths);
  const [lotl, national, announced] = await Promise.all([
    readCredential(join(paths.scheme, 'lotl-signer')),
    readCredential(join(paths.scheme, state.signer)),
    Promise.all(state.announced.map((name) => readCertificateFile(join(paths.scheme, `${name}.pem`)))),
  ]);
  return { lotl, national, announced, state };
}

/** Makes another signer of the national list, in files of that name. To be called under the world's lock. */
export async function createNationalSigner(paths: WorldPaths, name: string, now: Date): Promise<void> {
  const key = await generateKeyPair('rsa');
  const certificate = renderPem('CERTIFICATE', signerCertificate(key, operators.national, now));
  await writeFileAtomically(join(paths.scheme, `${name}-key.pem`), renderPrivateKey(key), 0o600);
  await writeFileAtomically(join(paths.scheme, `${name}.pem`), certificate);
}

async function createScheme(now: Date): Promise<readonly NewFile[]> {
  const [lotl, national] = await Promise.all([generateKeyPair('rsa'), generateKeyPair('rsa')]);
  const lotlCertificate = renderPem('CERTIFICATE', signerCertificate(lotl, operators.lotl, now));
  const nationalCertificate = renderPem('CERTIFICATE', signerCertificate(national, operators.national, now));
  return [
    { name: 'lotl-signer-key.pem', content: renderPrivateKey(lotl), secret: true },
    { name: 'lotl-signer.pem', content: lotlCertificate },
    { name: 'lotl-signers.pem', content: lotlCertificate },
    { name: 'tl-signer-key.pem', content: renderPrivateKey(national), secret: true },
    { name: 'tl-signer.pem', content: nationalCertificate },
  ];
}

function signerCertificate(key: KeyPair, operator: { country: string; name: string }, now: Date): Uint8Array {
  const name = distinguishedName({
    countryName: operator.country,
    organizationName: operator.name,
    commonName: `${operator.name} List Signer`,
  });
  const recipe = {
    issuer: name,
    subject: name,
    publicKey: key.publicKey,
    notBefore: daysFrom(now, -1),
    notAfter: daysFrom(now, 15 * 365),
    extensions: [keyUsage('digitalSignature'), extendedKeyUsage(TSL_SIGNING), subjectKeyIdentifier(key.publicKey)],
  };
  return signCertificate(recipe, key.privateKey);
}
