import type { IdentityProvider } from './identity-provider.js';
import type { OneTimeLinks } from './one-time-links.js';

/** How the console is entered: by the bank's identity provider, or by a link printed where a demonstration runs. */
export type WayIn =
  | { readonly kind: 'openid'; readonly provider: IdentityProvider }
  | { readonly kind: 'link'; readonly links: OneTimeLinks };
