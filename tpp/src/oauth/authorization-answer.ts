import type { PendingAuthorization } from './authorization-request.js';

/** The address with which the PSU came back is not an answer to the request under way, or says no. */
export class AuthorizationFault extends Error {
  /** The OAuth error, e.g. access_denied; undefined when the address itself is not right. */
  readonly error: string | undefined;

  constructor(message: string, error?: string) {
    super(message);
    this.name = 'AuthorizationFault';
    this.error = error;
  }
}

/** The code in the address that the PSU came back with, after state (RFC 6749, 10.12) and iss (RFC 9207) were found to be ours. */
export function readAuthorizationAnswer(address: string, pending: PendingAuthorization): string {
  const url = new URL(address);
  const withoutQuery = address.split('?')[0];
  if (withoutQuery !== pending.redirectUri.split('?')[0])
    throw new AuthorizationFault(`the address is not under ${pending.redirectUri}`);
  const parameters = url.searchParams;
  for (const name of ['code', 'state', 'iss', 'error']) {
    if (parameters.getAll(name).length > 1) throw new AuthorizationFault(`the parameter ${name} stands more than once`);
  }
  if (parameters.get('state') !== pending.state)
    throw new AuthorizationFault('state is not the one that was sent: this answer is not ours');
  if (parameters.get('iss') !== pending.issuer)
    throw new AuthorizationFault(`iss is ${parameters.get('iss') ?? 'missing'}, expected ${pending.issuer}`);
  const error = parameters.get('error');
  if (error !== null)
    throw new AuthorizationFault(`${error}: ${parameters.get('error_description') ?? 'no description'}`, error);
  const code = parameters.get('code');
  if (code === null || code === '') throw new AuthorizationFault('the parameter code is missing');
  return code;
}
