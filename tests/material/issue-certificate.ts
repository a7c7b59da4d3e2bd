import * as der from '../../core/src/asn1/der-writer.js';
import { ecKeys, issueCertificate as issue, type Keys, rsaKeys } from './issue.js';

/** A certificate with its keys, made for one test. */
export interface Credential extends Keys {
  readonly der: Uint8Array;
  readonly subject: Uint8Array;
}

export interface CertificateRecipe {
  readonly commonName: string;
  /** Self-signed when absent. */
  readonly issuer?: Credential;
  readonly serialNumber?: number;
  readonly organizationIdentifier?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly extensions?: readonly Uint8Array[];
  readonly rsa?: boolean;
}

/** Issues a certificate of P-256 under a name as organisations have it, valid from 2026 to 2030 unless the recipe says otherwise. */
export function issueCertificate(recipe: CertificateRecipe): Credential {
  const { issuer, serialNumber: serial = 1, notBefore, notAfter = new Date('2030-01-01T00:00:00Z') } = recipe;
  const keys = recipe.rsa === true ? onlyRsaKeys() : ecKeys();
  const subject = nameDer(recipe);
  const bytes = issue({
    ...{ keys, subject, serial, notAfter, bare: true },
    issuer: issuer === undefined ? { name: subject, keys } : { name: issuer.subject, keys: issuer },
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(recipe.extensions === undefined ? {} : { extensions: recipe.extensions }),
  });
  return { der: new Uint8Array(bytes), subject, ...keys };
}

let rsa: Keys | undefined;

/** Made once: a test that needs RSA needs the algorithm, not another key. */
function onlyRsaKeys(): Keys {
  rsa ??= rsaKeys();
  return rsa;
}

function nameDer({ commonName, organizationIdentifier }: CertificateRecipe): Uint8Array {
  const attributes = [
    attribute('2.5.4.6', der.printableString('FR')),
    attribute('2.5.4.10', der.utf8String(commonName)),
    ...(organizationIdentifier === undefined ? [] : [attribute('2.5.4.97', der.utf8String(organizationIdentifier))]),
    attribute('2.5.4.3', der.utf8String(commonName)),
  ];
  return new Uint8Array(der.sequence(...attributes));
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return der.set(der.sequence(der.objectIdentifier(oid), value));
}
