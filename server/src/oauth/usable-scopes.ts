import type { Organization } from '@postern/core/qualification/qualification.js';
import { isScope, type Scope, scopes, scopesForRoles } from '@postern/core/registration/scope-for-roles.js';
import { commonScopes } from '@postern/core/token/scope-set.js';
import type { Environment } from '../realm.js';
import type { RegisteredClient } from '../store/clients.js';

/** The scopes that a client registered. */
export function registeredScopes(client: RegisteredClient): readonly Scope[] {
  const names = client.metadata.scope.split(' ').filter(isScope);
  return scopes.filter((scope) => names.includes(scope));
}

/**
 * The scopes that a client may use now: registered ones and, in production, only those whose role is in the certificate
 * presented now and authorised in the register now.
 */
export function usableScopes(
  client: RegisteredClient,
  organization: Organization,
  environment: Environment,
): readonly Scope[] {
  const registered = registeredScopes(client);
  if (environment === 'sandbox') return registered;
  const roles = organization.certificateRoles.filter((role) => organization.registerRoles.includes(role));
  return commonScopes(registered, scopesForRoles(roles));
}
