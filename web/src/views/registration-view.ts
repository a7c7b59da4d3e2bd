import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { EnvironmentAddresses } from './environment-addresses.js';
import type { PortalNavigation } from './portal-navigation.js';
import type { Scope } from './third-party.js';

/** Registration for API access, explained with the values that this installation really uses. */
export interface RegistrationView {
  readonly navigation: PortalNavigation;
  readonly environments: readonly EnvironmentAddresses[];
  /** Where one registration is made for all brands of the bank at once; empty where that is not offered. */
  readonly allBrands: readonly Pick<EnvironmentAddresses, 'environment' | 'registrations'>[];
  readonly scopes: readonly ScopeRule[];
  readonly lifetimes: Lifetimes;
  readonly limits: RegistrationLimits;
  /** One request and its answer as text, headers included. */
  readonly example: { readonly request: string; readonly answer: string };
  /** What this endpoint can refuse with, and how it says so. */
  readonly refusals: readonly { readonly code: RefusalCode; readonly status: number; readonly error: string }[];
}

/** What a scope needs in production. */
export interface ScopeRule {
  readonly scope: Scope;
  /** Role in the certificate, e.g. "PSP_AI". */
  readonly role: string;
  /** Service in the register, e.g. "PS_080". */
  readonly registerService: string;
  readonly grantTypes: readonly string[];
  /** Another scope that must be asked for with it. */
  readonly requires?: Scope;
}

/** All in seconds. */
export interface Lifetimes {
  readonly authorizationCode: number;
  readonly accessToken: number;
  /** From the PSU's authentication to the end of the access. */
  readonly grant: number;
  /** How long a repeated registration answers with the same client. */
  readonly idempotency: number;
}

/** Bounds that a registration request is held to. */
export interface RegistrationLimits {
  readonly bodyBytes: number;
  readonly redirectUris: number;
  readonly keys: number;
}
