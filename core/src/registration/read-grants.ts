import type { ClientMetadata, GrantType } from './client-metadata.js';
import type { Problem } from './problem.js';

export interface GrantReading {
  readonly grantTypes: readonly GrantType[];
  readonly responseTypes: readonly 'code'[];
  readonly problems: readonly Problem[];
}

/** What of the metadata decides on grants; undefined where it was left out or is wrong. */
export type GrantMembers = Partial<Pick<ClientMetadata, 'scope' | 'grant_types' | 'response_types' | 'redirect_uris'>>;

/** Fills in grant and response types from the scope, and holds them and the redirect URIs against each other (RFC 7591 section 2.1). */
export function readGrants(members: GrantMembers): GrantReading {
  const grantTypes = members.grant_types ?? grantTypesForScope(members.scope ?? '');
  const hasCode = grantTypes.includes('authorization_code');
  const responseTypes = members.response_types ?? (hasCode ? (['code'] as const) : []);
  const rules: readonly (readonly [boolean, string, string])[] = [
    [grantTypes.length === 0, 'grant_types', 'must name at least one grant type'],
    [
      grantTypes.includes('refresh_token') && !hasCode,
      'grant_types',
      'must hold authorization_code when it holds refresh_token',
    ],
    [hasCode && responseTypes.length === 0, 'response_types', 'must hold code with the grant type authorization_code'],
    [!hasCode && responseTypes.length > 0, 'response_types', 'must be empty without the grant type authorization_code'],
    [
      hasCode && (members.redirect_uris ?? []).length === 0,
      'redirect_uris',
      'must hold at least one address with the grant type authorization_code',
    ],
  ];
  const problems = rules.flatMap(([isBroken, member, rule]) =>
    isBroken ? [{ member, text: `${member} ${rule}.` }] : [],
  );
  return { grantTypes, responseTypes, problems };
}

/** Account data and funds confirmations go by code; payment initiation by client credentials and a redirection of its own. */
function grantTypesForScope(scope: string): readonly GrantType[] {
  const scopes = scope.split(' ');
  const byCode = scopes.some((name) => name !== 'pisp');
  return [
    ...(byCode ? (['authorization_code', 'refresh_token'] as const) : []),
    ...(scopes.includes('pisp') ? (['client_credentials'] as const) : []),
  ];
}
