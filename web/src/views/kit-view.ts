import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { KitDefect } from './kit-defect.js';
import type { PortalNavigation } from './portal-navigation.js';

/** The broken certificates of an owner of good ones. */
export interface KitView {
  readonly navigation: PortalNavigation;
  readonly mine: string;
  readonly formToken: string;
  /** Empty before the first kit. */
  readonly kit: readonly {
    readonly defect: KitDefect;
    readonly kind: 'qwac' | 'qsealc';
    readonly rule: string;
    readonly refusal: RefusalCode;
    readonly download: { readonly address: string; readonly file: string };
  }[];
  /** A command that presents one of them. */
  readonly command: string | undefined;
}
