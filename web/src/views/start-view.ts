import type { EnvironmentAddresses } from './environment-addresses.js';
import type { PortalNavigation } from './portal-navigation.js';

/** Home of a brand's developer portal. */
export interface StartView {
  readonly navigation: PortalNavigation;
  readonly environments: readonly EnvironmentAddresses[];
  /** A call of the certificate check as text: the command and what it answers. */
  readonly certificateCheck?: { readonly command: string; readonly answer?: string };
}
