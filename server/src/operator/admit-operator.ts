import { Refusal } from '@postern/core/refusal/refusal.js';
import type { OpenidSignIn } from '../operator-config-schema.js';
import type { OperatorRole } from '../store/operator-sessions.js';

/** A person who may enter the console. */
export interface Operator {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly OperatorRole[];
}

/** Claims of an ID token that was verified. */
export type IdentityClaims = Readonly<Record<string, unknown>>;

/** No control characters, nothing that turns the direction of writing, nothing that cannot be seen. */
const plain = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}]{1,100}$/u;

/**
 * Who the claims say it is, and what that person may do. Who is not named by the rule of entry is refused.
 * Throws Refusal OPERATOR_NOT_ADMITTED.
 */
export function admitOperator(claims: IdentityClaims, policy: Pick<OpenidSignIn, 'require' | 'decide'>): Operator {
  const { sub: subject } = claims;
  if (typeof subject !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(subject)) throw notAdmitted();
  if (!satisfies(claims, policy.require)) throw notAdmitted();
  const decides = policy.decide !== undefined && satisfies(claims, policy.decide);
  return { subject, name: readName(claims) ?? subject, roles: decides ? ['look', 'decide'] : ['look'] };
}

function satisfies(claims: IdentityClaims, { claim, values }: OpenidSignIn['require']): boolean {
  const held = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  const texts = Array.isArray(held) ? held : [held];
  return texts.some((text) => typeof text === 'string' && values.includes(text));
}

/** OpenID Connect Core section 5.1: names may be missing, are not unique, and are for people only. */
function readName(claims: IdentityClaims): string | undefined {
  return [claims['name'], claims['preferred_username'], claims['email']].find(
    (name): name is string => typeof name === 'string' && plain.test(name),
  );
}

function notAdmitted(): Refusal {
  return new Refusal('OPERATOR_NOT_ADMITTED', 'The identity provider did not give the right to enter the console.');
}
