import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { PortalNavigation } from './portal-navigation.js';

/** Every code with which this installation refuses. */
export interface ErrorsView {
  readonly navigation: PortalNavigation;
  readonly refusals: readonly { readonly code: RefusalCode; readonly status: number; readonly error: string }[];
}
