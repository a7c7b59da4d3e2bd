import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildCertificateRequest } from './build-certificate-request.js';
import { generatePrivateKey } from './generate-private-key.js';

const subject = {
  organizationIdentifier: 'PSDFR-ACPR-12345',
  organizationName: 'Société Générique',
  commonName: 'tpp.example',
  country: 'FR',
};

/** The parts of a definite-length SEQUENCE: enough to take a request apart without the writer under test. */
function parts(der: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = headerLength(der, 0); at < der.length; ) {
    const end = at + headerLength(der, at) + contentLength(der, at);
    found.push(der.subarray(at, end));
    at = end;
  }
  return found;
}

const headerLength = (der: Buffer, at: number) => ((der[at + 1] ?? 0) < 0x80 ? 2 : 2 + ((der[at + 1] ?? 0) & 0x7f));
const contentLength = (der: Buffer, at: number) =>
  (der[at + 1] ?? 0) < 0x80 ? (der[at + 1] ?? 0) : der.readUIntBE(at + 2, (der[at + 1] ?? 0) & 0x7f);

describe('buildCertificateRequest', () => {
  it('writes a PKCS#10 request that proves possession of its key and names the organisation', async () => {
    const key = await generatePrivateKey();
    const pem = buildCertificateRequest(subject, key);
    expect(pem).toMatch(
      /^-----BEGIN CERTIFICATE REQUEST-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END CERTIFICATE REQUEST-----\n$/,
    );
    const [request, algorithm, signature] = parts(Buffer.from(pem.replaceAll(/-----.*-----|\n/g, ''), 'base64'));
    const [version, name, publicKey, attributes] = parts(request ?? Buffer.of());
    expect(version?.toString('hex')).toBe('020100');
    expect(publicKey).toEqual(createPublicKey(key).export({ type: 'spki', format: 'der' }));
    expect(attributes?.toString('hex')).toBe('a000');
    expect(algorithm?.toString('hex')).toBe('300d06092a864886f70d01010b0500');
    for (const text of Object.values(subject)) expect(name?.includes(Buffer.from(text, 'utf8'))).toBe(true);
    expect(name?.includes(Buffer.from('0603550461', 'hex'))).toBe(true);
    expect(verify('sha256', request ?? Buffer.of(), createPublicKey(key), (signature ?? Buffer.of()).subarray(5))).toBe(
      true,
    );
  });

  it('refuses a key that is not RSA', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => buildCertificateRequest(subject, pem)).toThrow(/RSA/);
  });
});
