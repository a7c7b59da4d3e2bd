import { createHash } from 'node:crypto';
import type { QualifiedPeer } from '../decision.js';
import type { Realm } from '../realm.js';
import type { RequestScope } from '../store/client-requests.js';
import type { RegistrationDependencies } from './dependencies.js';
import type { SentRegistration } from './verify-request.js';

/** For how long a request that comes again is answered with the client that it made. */
export const repetitionHours = 24;

/** A registration request as it came: nothing in it is believed yet. */
export interface RegistrationCall extends SentRegistration {
  readonly presented: readonly Uint8Array[];
  readonly idempotencyKey: string | undefined;
  readonly authorization: string | undefined;
  readonly correlationId: string;
}

/** One request under way: what every step of it needs. */
export interface RegistrationAttempt {
  readonly call: RegistrationCall;
  readonly realm: Realm;
  readonly peer: QualifiedPeer;
  readonly dependencies: RegistrationDependencies;
  readonly now: Date;
  readonly scope: RequestScope;
  readonly bodyHash: string;
  /** By Idempotency-Key where one was sent, then by the bytes of the body. */
  readonly requestKeys: readonly string[];
}

/** Dates the request and gives it the keys by which a repetition is known. */
export function openAttempt(
  opened: Pick<RegistrationAttempt, 'call' | 'realm' | 'peer' | 'dependencies'>,
): RegistrationAttempt {
  const { call, realm, peer, dependencies } = opened;
  const now = dependencies.clock();
  const bodyHash = sha256(call.body);
  const { idempotencyKey } = call;
  return {
    ...opened,
    now,
    scope: {
      organizationIdentifier: peer.organization.identifier,
      brand: realm.brand.id,
      environment: realm.environment,
      since: new Date(now.getTime() - repetitionHours * 3_600_000),
    },
    bodyHash,
    requestKeys: [...(idempotencyKey === undefined ? [] : [`key:${sha256(idempotencyKey)}`]), `body:${bodyHash}`],
  };
}

function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('base64url');
}
