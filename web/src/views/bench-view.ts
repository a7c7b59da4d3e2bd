import type { PastedProblem } from './inspector-view.js';
import type { PortalNavigation } from './portal-navigation.js';

/** A pasted request and what the gateway would say of its signature; fields `request` and `certificate`. */
export interface BenchView {
  readonly navigation: PortalNavigation;
  readonly request: string;
  readonly certificate: string;
  readonly problem?: PastedProblem;
  readonly result?: {
    /** A refusal with its code and its English message, unless it verifies. */
    readonly verdict: { readonly ok: boolean; readonly code?: string; readonly message?: string };
    /** Why the time of the request would be refused now; the verdict is then that of its own time. */
    readonly late?: string;
    readonly signingString?: string;
    /** The Digest header that the body read here should have. */
    readonly digest: string;
    readonly bodyOctets: number;
    /** The keyId by which the certificate is known once it is registered. */
    readonly kid: string;
  };
}
