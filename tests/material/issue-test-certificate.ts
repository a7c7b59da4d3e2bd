import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  bitString,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  sequence,
  set,
  time,
  tlv,
  utf8String,
} from '../../core/src/asn1/der-writer.js';

/** What a certificate for tests of registration says; nothing in it is qualified. */
interface TestCertificateRecipe {
  readonly commonName: string;
  readonly organizationIdentifier?: string;
  readonly publicKey: KeyObject;
  readonly issuer: { readonly commonName: string; readonly privateKey: KeyObject };
}

const notBefore = new Date('2026-01-01T00:00:00Z');
const notAfter = new Date('2028-01-01T00:00:00Z');

let issued = 0;

/** A version 3 certificate without extensions, signed by the issuer with ecdsa-with-SHA256 or sha256WithRSAEncryption; DER. */
function issueTestCertificate({
  commonName,
  organizationIdentifier,
  publicKey,
  issuer,
}: TestCertificateRecipe): Buffer {
  const isRsa = issuer.privateKey.asymmetricKeyType === 'rsa';
  const algorithm = isRsa
    ? sequence(objectIdentifier('1.2.840.113549.1.1.11'), nullValue())
    : sequence(objectIdentifier('1.2.840.10045.4.3.2'));
  issued += 1;
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(issued),
    algorithm,
    name([['2.5.4.3', issuer.commonName]]),
    sequence(time(notBefore), time(notAfter)),
    name([
      ['2.5.4.3', commonName],
      ...(organizationIdentifier === undefined ? [] : [['2.5.4.97', organizationIdentifier] as const]),
    ]),
    publicKey.export({ format: 'der', type: 'spki' }),
    explicit(3, sequence(sequence(objectIdentifier('2.5.29.19'), tlv(0x04, sequence())))),
  );
  return Buffer.from(sequence(tbs, algorithm, bitString(sign('sha256', tbs, issuer.privateKey))));
}

function name(attributes: readonly (readonly [type: string, value: string])[]): Uint8Array {
  return sequence(...attributes.map(([type, value]) => set(sequence(objectIdentifier(type), utf8String(value)))));
}

/** Key and certificate of an authority, and a way to issue under it. */
export interface TestAuthority {
  readonly der: Buffer;
  issue(recipe: Omit<TestCertificateRecipe, 'issuer'>): Buffer;
}

export function createTestAuthority(commonName: string): TestAuthority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { commonName, privateKey };
  return {
    der: issueTestCertificate({ commonName, publicKey, issuer }),
    issue: (recipe) => issueTestCertificate({ ...recipe, issuer }),
  };
}
