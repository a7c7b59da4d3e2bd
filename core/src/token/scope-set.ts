import { Refusal } from '../refusal/refusal.js';
import { isScope, type Scope, scopes } from '../registration/scope-for-roles.js';

/**
 * Parses a scope parameter (RFC 6749 section 3.3) into scopes in their own order, each once.
 * Throws `Refusal` SCOPE_INVALID when it is empty, repeats a name, holds an unknown one,
 * or asks for `extended_transaction_history` without `aisp`.
 */
export function parseScope(text: string): readonly Scope[] {
  const names = text.split(' ');
  if (!names.every(isScope)) {
    throw new Refusal('SCOPE_INVALID', `The scope must hold only ${scopes.join(', ')}, separated by one space each.`);
  }
  const asked = new Set<Scope>(names.filter(isScope));
  if (asked.size < names.length) throw new Refusal('SCOPE_INVALID', 'The scope must name each scope once.');
  if (asked.has('extended_transaction_history') && !asked.has('aisp')) {
    throw new Refusal('SCOPE_INVALID', 'The scope extended_transaction_history goes with aisp only.');
  }
  return scopes.filter((scope) => asked.has(scope));
}

/** A set of scopes as RFC 6749 section 3.3 writes it. */
export function renderScope(set: readonly Scope[]): string {
  return set.join(' ');
}

/** The scopes of `asked` that `allowed` does not hold. */
export function scopesBeyond(asked: readonly Scope[], allowed: readonly Scope[]): readonly Scope[] {
  return asked.filter((scope) => !allowed.includes(scope));
}

/** The scopes that both sets hold. `extended_transaction_history` stays only where `aisp` does. */
export function commonScopes(one: readonly Scope[], other: readonly Scope[]): readonly Scope[] {
  const both = one.filter((scope) => other.includes(scope));
  return both.includes('aisp') ? both : both.filter((scope) => scope !== 'extended_transaction_history');
}

/**
 * What a refreshed token may carry: the longer history is for the first token after the authentication
 * (Delegated Regulation (EU) 2018/389 article 10a: without a new authentication, the last 90 days only).
 */
export function refreshableScopes(granted: readonly Scope[]): readonly Scope[] {
  return granted.filter((scope) => scope !== 'extended_transaction_history');
}
