import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as der from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import { parseCertificate } from '../../core/src/certificate/parse-certificate.js';
import {
  type CertificateRecipe,
  ecKeys,
  extendedKeyUsage,
  extension,
  type Issuer,
  issueCertificate,
  type Keys,
  keyIdentifierOf,
  keyUsage,
} from './issue.js';
import { organization, psd2Statement, qcStatements, qualifiedStatements, type RoleRecipe } from './psd2.js';
import { crlAt, ocspAt } from './revocation-addresses.js';
import type { RunningDemo } from './start-demo.js';

/** How a certificate differs from a good QWAC of the organisation, issued a minute ago for a year. */
export interface DemoRecipe
  extends Partial<
    Pick<CertificateRecipe, 'serial' | 'notBefore' | 'notAfter' | 'subject' | 'instead' | 'signatureAlgorithm'>
  > {
  readonly keys?: Keys;
  readonly organizationIdentifier?: string;
  readonly type?: string;
  readonly roles?: readonly RoleRecipe[];
  readonly ncaId?: string;
  /** Instead of the qualified ones. */
  readonly statements?: readonly Uint8Array[];
  /** Extended key usages; none leaves the extension out. */
  readonly usages?: readonly string[];
  /** KeyUsage bits; none leaves the extension out. */
  readonly keyUsage?: readonly number[];
  /** Instead of the addresses of the demo's OCSP responder and CRL. */
  readonly revocation?: readonly Uint8Array[];
  readonly more?: readonly Uint8Array[];
  /** Instead of the demo's issuing CA. */
  readonly issuer?: Issuer;
  /** Presented after the certificate, instead of the demo's CAs; DER. */
  readonly above?: readonly Uint8Array[];
  /** The QTSP knows nothing of it: its OCSP responder says unknown. */
  readonly unrecorded?: boolean;
}

/** A certificate with its key, to be presented in TLS or in `x5c`. */
export interface Identity {
  readonly der: Uint8Array;
  /** PEM of the certificate and those above it. */
  readonly path: string;
  readonly key: string;
  readonly keys: Keys;
  readonly x5c: readonly string[];
}

/** The demo's QTSP with the key that lies in the demo's folder: it signs whatever a test orders, sound or not. */
export interface DemoAuthority {
  readonly issuer: Issuer;
  readonly issuing: Uint8Array;
  readonly root: Uint8Array;
  issue(recipe?: DemoRecipe): Identity;
}

export const authorityRoles = { ai: [[oid.rolePspAi, 'PSP_AI']] as readonly RoleRecipe[] };

/** Opens the authority of a running demo; what it issues is of `organizationIdentifier` unless the recipe says otherwise. */
export function openDemoAuthority(
  { dataDirectory, addresses }: RunningDemo,
  organizationIdentifier: string,
): DemoAuthority {
  const directory = join(dataDirectory, 'demo', 'qtsp');
  const [issuing, root] = ['issuing', 'root'].map(
    (name) => new X509Certificate(readFileSync(join(directory, `${name}.pem`))).raw,
  ) as [Buffer, Buffer];
  const { subject, subjectKeyIdentifier = new Uint8Array() } = parseCertificate(issuing);
  const issuer = {
    name: subject.der,
    keys: keysOf(createPrivateKey(readFileSync(join(directory, 'issuing-key.pem')))),
  };
  const revocation = [ocspAt(`${addresses.trust}/ocsp`), crlAt(`${addresses.trust}/crl/issuing.crl`)];
  return {
    issuer,
    issuing,
    root,
    issue: (recipe = {}) => {
      const { keys = ecKeys(), unrecorded = false, above = [issuing, root] } = recipe;
      const serial = recipe.serial ?? Buffer.concat([Uint8Array.of(0x10), randomBytes(12)]);
      const certificate = issueCertificate({
        ...completed({
          organizationIdentifier,
          revocation,
          issuer,
          authorityKey: recipe.issuer === undefined ? subjectKeyIdentifier : keyIdentifierOf(recipe.issuer.keys),
          ...recipe,
        }),
        keys,
        serial,
        bare: true,
      });
      if (!unrecorded && serial instanceof Uint8Array) record(join(directory, 'index.json'), serial);
      return toIdentity(certificate, { keys, above });
    },
  };
}

type Completed = DemoRecipe &
  Required<Pick<DemoRecipe, 'organizationIdentifier' | 'issuer'>> & { readonly authorityKey: Uint8Array };

function completed(recipe: Completed): Omit<CertificateRecipe, 'keys' | 'serial'> {
  const { issuer, instead, signatureAlgorithm } = recipe;
  return {
    issuer,
    subject: recipe.subject ?? organization(recipe.organizationIdentifier),
    notBefore: recipe.notBefore ?? new Date(Date.now() - 60_000),
    notAfter: recipe.notAfter ?? new Date(Date.now() + 365 * 86_400_000),
    extensions: extensionsOf(recipe),
    ...(instead === undefined ? {} : { instead }),
    ...(signatureAlgorithm === undefined ? {} : { signatureAlgorithm }),
  };
}

function extensionsOf(recipe: Completed): readonly Uint8Array[] {
  const {
    usages = [oid.serverAuth, oid.clientAuth],
    keyUsage: bits = [0],
    type = oid.qcTypeWeb,
    roles = authorityRoles.ai,
  } = recipe;
  const statements = recipe.statements ?? [
    ...qualifiedStatements(type),
    psd2Statement(roles, 'Autorité de contrôle prudentiel et de résolution', recipe.ncaId ?? 'FR-ACPR'),
  ];
  return [
    extension(oid.authorityKeyIdentifier, der.sequence(der.implicit(0, der.octetString(recipe.authorityKey)))),
    ...(bits.length === 0 ? [] : [keyUsage(...bits)]),
    ...(usages.length === 0 ? [] : [extendedKeyUsage(...usages)]),
    ...(statements.length === 0 ? [] : [qcStatements(...statements)]),
    ...(recipe.revocation ?? []),
    ...(recipe.more ?? []),
  ];
}

/** The certificate as one presents it. */
export function toIdentity(
  certificate: Uint8Array,
  { keys, above }: { readonly keys: Keys; readonly above: readonly Uint8Array[] },
): Identity {
  const all = [certificate, ...above];
  return {
    der: certificate,
    path: all.map(toPem).join(''),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    keys,
    x5c: all.map((each) => Buffer.from(each).toString('base64')),
  };
}

function toPem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** The entry that makes the QTSP's OCSP responder answer good. Nobody else writes this file while a test issues. */
function record(file: string, serial: Uint8Array): void {
  const entries = JSON.parse(readFileSync(file, 'utf8')) as object[];
  const serialNumber = Buffer.from(serial).toString('hex');
  const now = new Date().toISOString();
  const entry = {
    serialNumber,
    thumbprint: '',
    kind: 'qwac',
    organizationIdentifier: '',
    issuedAt: now,
    notAfter: now,
    status: 'good',
  };
  writeFileSync(`${file}.new`, JSON.stringify([...entries, entry]));
  renameSync(`${file}.new`, file);
}

function keysOf(privateKey: KeyObject): Keys {
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, spki: publicKey.export({ type: 'spki', format: 'der' }) };
}
