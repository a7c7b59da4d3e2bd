import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** Makes an RSA key as PKCS#8 PEM; RSA because request signatures of the STET framework are rsa-sha256. */
export async function generatePrivateKey(bits: 2048 | 3072 | 4096 = 2048): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return privateKey;
}
