/** What a key set may be; what is left out is the strictest. */
export interface KeySetRules {
  /** An update may take the last key away, where nobody can act by the client. */
  readonly mayBeEmpty?: boolean;
  /** What happens to a `kid` that is not the bank's: refused, or kept as another name of the key. */
  readonly foreignKid?: 'refuse' | 'alias';
  /** Whether `x5c` may hold the sealing certificate alone: its path is then completed from the trusted lists. */
  readonly completePath?: boolean;
}
