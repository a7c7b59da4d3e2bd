/** What a brand decides about registration; the standards leave it open. */
export interface RegistrationPolicy {
  /** Whether redirect URIs may be links into native applications (RFC 8252 section 7.1). */
  readonly nativeRedirects: boolean;
  /** What happens to addresses shown to people whose host is none of the redirect URIs' (RFC 7591 section 5). */
  readonly foreignHosts: 'warn' | 'refuse';
}

/** Where a brand has decided nothing. */
export const strictestPolicy: RegistrationPolicy = { nativeRedirects: false, foreignHosts: 'refuse' };
