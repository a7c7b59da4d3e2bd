import { parseCertificateText } from '@postern/core/certificate/parse-certificate-text.js';
import type { IntendedUse } from '@postern/core/qualification/evidence.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { InspectorView } from '@postern/web/views/inspector-view.js';
import type { Decision } from '../decision.js';
import { holdsPrivateKey } from '../http/holds-private-key.js';
import { describeInspection } from '../qualification/describe-inspection.js';

/** Judges a certificate anew and keeps nothing. */
export type LookAtCertificate = (presented: readonly Uint8Array[], use: IntendedUse) => Promise<Decision>;

type Inspection = Omit<InspectorView, 'navigation'>;

/** What the rules say of a pasted certificate with its issuers. What cannot be read, and what holds a private key, is not shown again. */
export async function inspectCertificate(text: string, use: IntendedUse, look: LookAtCertificate): Promise<Inspection> {
  if (text.trim() === '') return { text: '', use, problem: { kind: 'empty' } };
  if (holdsPrivateKey(text)) return { text: '', use, problem: { kind: 'private-key' } };
  try {
    const certificates = parseCertificateText(text.trim());
    const decision = await look(
      certificates.map(({ der }) => der),
      use,
    );
    return { text, use, result: describeInspection(decision) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return { text: '', use, problem: { kind: 'unreadable', message: cause.message } };
  }
}
