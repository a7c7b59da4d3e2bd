import type { TppRole } from '../qualification/qualification.js';

/** Scopes of the STET framework that a TPP can register. */
export type Scope = 'aisp' | 'extended_transaction_history' | 'cbpii' | 'pisp';

export const scopes: readonly Scope[] = ['aisp', 'extended_transaction_history', 'cbpii', 'pisp'];

/** Every scope that a set of roles opens, in the order of `scopes`. */
export function scopesForRoles(roles: readonly TppRole[]): readonly Scope[] {
  return scopes.filter((scope) => roles.includes(roleForScope(scope)));
}

/** The one role that opens a scope (PSD2 articles 65, 66 and 67). */
export function roleForScope(scope: Scope): TppRole {
  return roleOfScope[scope];
}

/** Whether a text is a scope that can be registered. */
export function isScope(text: string): text is Scope {
  return Object.hasOwn(roleOfScope, text);
}

const roleOfScope: Readonly<Record<Scope, TppRole>> = {
  aisp: 'PSP_AI',
  extended_transaction_history: 'PSP_AI',
  cbpii: 'PSP_IC',
  pisp: 'PSP_PI',
};
