import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Config } from '../config.js';
import type { QualifiedPeer } from '../decision.js';
import type { SigningKeys } from '../keys/signing-keys.js';
import type { Realm } from '../realm.js';
import type { RegisteredClient } from '../store/clients.js';
import type { Database } from '../store/database.js';
import type { StoredGrant } from '../store/grants.js';

/** What the token endpoint of a realm works with. */
export interface TokenSettings {
  readonly realm: Realm;
  readonly database: Database;
  readonly signingKeys: SigningKeys;
  readonly tokens: Config['tokens'];
  /** Told when a grant ends here, so that this node forgets it at once; other nodes learn it within a second. */
  readonly onGrantEnded: (grantId: string) => void;
  /** Counts tokens that are issued for a grant, or for a client itself. Throws Refusal RATE_LIMITED where there were too many lately. */
  readonly countIssue: (grantOrClientId: string, now: Date) => void;
}

/** One authenticated request at the token endpoint. */
export interface TokenContext extends TokenSettings {
  readonly peer: QualifiedPeer;
  readonly client: RegisteredClient;
  readonly now: Date;
  readonly correlationId: string;
}

/** The answer of RFC 6749 section 5.1. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
}

/** Refuses a grant type that the client did not register. */
export function requireGrantType(
  { client }: TokenContext,
  grantType: RegisteredClient['metadata']['grant_types'][number],
): void {
  if (!client.metadata.grant_types.includes(grantType)) {
    throw new Refusal('GRANT_TYPE_NOT_REGISTERED', `The grant type ${grantType} is not registered for this client.`);
  }
}

/** Whether a grant was given at another brand: a client that is registered for all brands holds grants of several. */
export function isOfAnotherBrand({ realm }: TokenContext, grant: StoredGrant | undefined): boolean {
  return grant !== undefined && (grant.brand !== realm.brand.id || grant.environment !== realm.environment);
}
