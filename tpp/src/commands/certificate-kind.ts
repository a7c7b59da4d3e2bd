import type { CertificateKind } from '../certificate/request-certificate.js';
import { UsageFault } from '../profile/usage-fault.js';

/** The value of `--kind`. */
export function certificateKindOf(options: Readonly<Record<string, string | true>>): CertificateKind {
  const kind = options['kind'];
  if (kind === 'qwac' || kind === 'qsealc') return kind;
  throw new UsageFault('--kind is needed: qwac (for TLS) or qsealc (for signatures)');
}
