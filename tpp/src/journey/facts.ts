import type { PendingAuthorization } from '../oauth/authorization-request.js';
import type { ServerMetadata } from '../oauth/server-metadata.js';
import type { Party } from './party.js';

/** What the steps of a journey found so far. */
export interface Facts {
  readonly party?: Party;
  readonly clientId?: string;
  readonly kid?: string;
  /** The key that was registered before the renewal. */
  readonly formerKid?: string;
  readonly formerSealKey?: string;
  readonly metadata?: ServerMetadata;
  readonly pending?: PendingAuthorization;
  readonly code?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly accountId?: string;
}

/** A fact that an earlier step must have found. */
export function need<Name extends keyof Facts>(facts: Facts, name: Name): NonNullable<Facts[Name]> {
  const value = facts[name];
  if (value === undefined) throw new Error(`the journey has no ${name} yet`);
  return value as NonNullable<Facts[Name]>;
}
