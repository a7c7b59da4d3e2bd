import { findNativeRedirectFaults, isNativeRedirectUri } from './native-redirect-uri.js';
import { type RegistrationPolicy, strictestPolicy } from './registration-policy.js';
import { findAddressFaults, hostOf } from './web-address.js';

/**
 * What is wrong with a redirect URI (RFC 7591 section 5, RFC 9700 section 4.1), each as a predicate; empty when nothing is.
 * `ownHosts` are the host names of this installation, lower case. The text itself is what is registered and later compared.
 */
export function findRedirectUriFaults(
  text: string,
  ownHosts: ReadonlySet<string>,
  { nativeRedirects }: Pick<RegistrationPolicy, 'nativeRedirects'> = strictestPolicy,
): readonly string[] {
  const native = nativeRedirects && isNativeRedirectUri(text);
  const faults = native ? findNativeRedirectFaults(text) : findAddressFaults(text);
  const fragment = text.includes('#') ? ['must not hold a fragment'] : [];
  if (native || faults.length > 0) return [...faults, ...fragment];
  return [...fragment, ...(isOurs(hostOf(text), ownHosts) ? ['must not lead to a host of this bank'] : [])];
}

function isOurs(host: string, ownHosts: ReadonlySet<string>): boolean {
  return [...ownHosts].some((own) => host === own || host.endsWith(`.${own}`));
}
