import type { Organization } from '../qualification/qualification.js';
import { Refusal } from '../refusal/refusal.js';
import { roleForScope, type Scope } from '../registration/scope-for-roles.js';
import { readSingleHeader } from '../signature/header-list.js';
import type { RequestKey } from '../signature/request-key.js';
import {
  type SignaturePolicy,
  type SignedRequest,
  type VerifiedSignature,
  verifyRequestSignature,
} from '../signature/verify-request-signature.js';

/** What stands behind a live access token, as it is known now. */
export interface CallGrant {
  readonly issuer: string;
  readonly clientId: string;
  readonly organizationIdentifier: string;
  readonly scope: ReadonlySet<string>;
  /** `cnf.x5t#S256` of the token (RFC 8705 section 3.1). */
  readonly boundThumbprint: string;
  readonly expiresAt: Date;
  /** The client's registered QSealCs. */
  readonly keys: readonly RequestKey[];
}

/** The qualified third party on the connection. */
export interface CallPeer {
  readonly thumbprint: string;
  readonly organization: Organization;
}

/** What a resource asks of who calls it. */
export interface CallPolicy {
  /** The issuer of the realm that the resource belongs to. */
  readonly issuer: string;
  readonly scope: Scope;
  /** Production: the role must be in the certificate and in the register. Sandbox: any registered scope may be used. */
  readonly rolesRequired: boolean;
  readonly signature: SignaturePolicy;
}

export interface Call {
  readonly request: SignedRequest;
  readonly peer: CallPeer;
  readonly grant: CallGrant;
}

/** Headers that every call carries. */
export const requiredHeaders = ['host', 'date', 'x-request-id', 'authorization', 'accept', 'user-agent'];

/**
 * Decides whether a call to the open-banking API may go on to the bank: binding, scope, role, headers, then the request
 * signature, the dear check last. Returns what was verified; throws `Refusal` for the first thing that does not hold.
 */
export function guardCall(call: Call, policy: CallPolicy, now: Date): VerifiedSignature {
  guardBinding(call, policy, now);
  guardScope(call, policy);
  for (const name of requiredHeaders) {
    if ((readSingleHeader(call.request.headers, name) ?? '') === '') {
      throw new Refusal('HEADER_MISSING', `The header ${name} is missing or empty.`);
    }
  }
  return verifyRequestSignature(call.request, { keys: call.grant.keys, now, policy: policy.signature });
}

/** RFC 8705 section 3: the token works only with the certificate it was issued for, of the organisation it was issued to. */
function guardBinding({ grant, peer }: Call, policy: CallPolicy, now: Date): void {
  if (grant.issuer !== policy.issuer)
    throw new Refusal('TOKEN_INVALID', 'The access token was issued for another brand or environment.');
  if (grant.expiresAt.getTime() <= now.getTime()) throw new Refusal('TOKEN_INVALID', 'The access token has expired.');
  if (grant.organizationIdentifier !== peer.organization.identifier || grant.boundThumbprint !== peer.thumbprint) {
    throw new Refusal(
      'TOKEN_BINDING_MISMATCH',
      'The access token is bound to another certificate than the one of this connection.',
    );
  }
}

function guardScope({ grant, peer }: Call, { scope, rolesRequired }: CallPolicy): void {
  if (!grant.scope.has(scope)) throw new Refusal('SCOPE_INSUFFICIENT', `This resource needs the scope ${scope}.`);
  const role = roleForScope(scope);
  if (!rolesRequired) return;
  if (!peer.organization.certificateRoles.includes(role))
    throw new Refusal('ROLE_INVALID', `This resource needs the role ${role} in the certificate.`);
  if (!peer.organization.registerRoles.includes(role))
    throw new Refusal('ROLE_INVALID', `This resource needs the role ${role} authorised in the register.`);
}
