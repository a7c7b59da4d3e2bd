import { type CallGrant, guardCall } from '@postern/core/guard/guard-call.js';
import { readBearerToken } from '@postern/core/guard/read-bearer-token.js';
import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import type { HeaderList } from '@postern/core/signature/header-list.js';
import type { SignaturePolicy, VerifiedSignature } from '@postern/core/signature/verify-request-signature.js';
import { admitPeer, type CertificateJudge, type QualifiedPeer } from '../decision.js';
import type { Realm } from '../realm.js';

/** A grant as the gateway uses it: what guards the call, and whose accounts it opens. */
export interface AccountGrant extends CallGrant {
  readonly psu: string;
  /** resourceIds that the PSU chose. */
  readonly accounts: readonly string[];
  readonly grantId: string;
}

/** Finds what stands behind an access token, as known within the last second. Throws `Refusal` TOKEN_INVALID. */
export type FindGrant = (token: string) => AccountGrant | Promise<AccountGrant>;

export interface CallDependencies {
  readonly judge: CertificateJudge;
  readonly findGrant: FindGrant;
  readonly clock: () => Date;
  readonly signature: SignaturePolicy;
}

/** A request as it came over the wire. */
export interface IncomingCall {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  readonly presented: readonly Uint8Array[];
}

export interface AdmittedCall {
  readonly peer: QualifiedPeer;
  readonly grant: AccountGrant;
  readonly signature: VerifiedSignature;
  readonly now: Date;
}

/** Gathers what a call is decided on (certificate, token, keys), then lets the one guard decide. */
export function admitCall(
  call: IncomingCall,
  place: { realm: Realm; scope: Scope },
  given: CallDependencies,
): Promise<AdmittedCall> {
  const { realm, scope } = place;
  return admitPeer(given.judge, call.presented, async (peer) => {
    const grant = await given.findGrant(readBearerToken(call));
    const now = given.clock();
    const signature = guardCall(
      {
        request: call,
        peer: { thumbprint: peer.certificate.thumbprint, organization: peer.organization },
        grant,
      },
      { issuer: realm.issuer, scope, rolesRequired: realm.environment === 'production', signature: given.signature },
      now,
    );
    return { peer, grant, signature, now };
  });
}
