import type { EnvironmentAddresses } from './environment-addresses.js';
import type { PortalNavigation } from './portal-navigation.js';

/** What the articles of the portal are filled in with: all of it from the running configuration and the code that decides by it. */
export interface PortalFacts {
  readonly navigation: PortalNavigation;
  readonly environments: readonly EnvironmentAddresses[];
  /** True where the authorities' registers and trusted lists are those of a demonstration. */
  readonly demo: boolean;
  readonly seconds: FactSeconds;
  readonly counts: FactCounts;
  /** The metadata of the production's authorization server (RFC 8414), as it is answered. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The resources of the open-banking API. */
  readonly resources: readonly { readonly method: string; readonly path: string; readonly scope: string }[];
  readonly signature: SignatureFacts;
  /** Days before the end of a certificate on which its organisation is told. */
  readonly warningDays: readonly number[];
  readonly rules: readonly RuleFact[];
  readonly testCertificates: TestCertificates;
  /** Requests and answers that a test replays against a running server. */
  readonly exchanges: Readonly<Record<ExchangeName, { readonly request: string; readonly answer: string }>>;
}

/** What the articles show of the wire. */
export const exchangeNames = [
  'token-by-code',
  'token-by-refresh',
  'token-of-client',
  'refused-token-certificate',
  'refused-code-reused',
  'certificates-apply',
  'certificates-revoke',
  'refused-one-key',
] as const;

export type ExchangeName = (typeof exchangeNames)[number];

/** Whether the sandbox issues test certificates, and who agrees to them. */
export type TestCertificates = 'none' | 'automatic' | 'operator';

export interface FactSeconds {
  readonly authorizationCode: number;
  readonly accessToken: number;
  readonly refreshGrace: number;
  readonly grant: number;
  readonly inactivity: number;
  readonly longestAuthorization: number;
  readonly oneTimeCode: number;
  readonly dateWindow: number;
}

export interface FactCounts {
  readonly bodyBytes: number;
  readonly headBytes: number;
  readonly headers: number;
  readonly transactionsPerPage: number;
  readonly recentDays: number;
  readonly failures: number;
  readonly registrationsPerMinute: number;
  readonly updatesPerMinute: number;
  readonly wrongTokensPerMinute: number;
  readonly clientsPerOrganization: number;
}

export interface SignatureFacts {
  /** Headers that every call carries. */
  readonly headers: readonly string[];
  /** What the signature covers without a body, and what more with one. */
  readonly covered: readonly string[];
  readonly coveredWithBody: readonly string[];
  /** The signing string of a first call, made by the code that verifies. */
  readonly example: string;
}

/** One rule that certificates are judged by. */
export interface RuleFact {
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  readonly refusal: string;
}
