import { createHash } from 'node:crypto';
import { parseCertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import type { SandboxApplicant } from '../store/sandbox.js';

/** A key that test certificates are asked for. */
export interface RequestedKey {
  readonly use: 'website' | 'seal';
  readonly kind: string;
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal. */
  readonly thumbprint: string;
}

/** The keys of a request that waits; none of one that was decided, because its certification requests are kept no longer. */
export function describeKeys({ requests }: Pick<SandboxApplicant, 'requests'>): readonly RequestedKey[] {
  if (requests === undefined) return [];
  return (['website', 'seal'] as const).map((use) => {
    const { publicKey } = parseCertificationRequest(requests[use]);
    const thumbprint = createHash('sha256').update(publicKey.spki).digest('hex');
    return { use, kind: kindOf(publicKey), thumbprint };
  });
}

const curves: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'EC P-256',
  '1.3.132.0.34': 'EC P-384',
  '1.3.132.0.35': 'EC P-521',
};

function kindOf({
  kind,
  modulusBits,
  curve,
}: {
  kind: string;
  modulusBits: number | undefined;
  curve: string | undefined;
}) {
  if (kind === 'rsa') return `RSA ${modulusBits ?? ''}`.trim();
  return curves[curve ?? ''] ?? kind;
}
