import type { PublicKey } from '@postern/core/certificate/certificate.js';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { parsePem } from '@postern/core/issuance/pem.js';
import type { IssuedCertificate } from '../store/sandbox.js';

/** The key that was certified for an applicant. */
export function readCertifiedKey({ path }: Pick<IssuedCertificate, 'path'>): PublicKey {
  return parseCertificate(parsePem(path, ['CERTIFICATE']) ?? new Uint8Array()).publicKey;
}
