/** Why somebody is led to the sign-in. */
export const leaves = ['signed-out', 'ended', 'withdrawn', 'expired', 'moved'] as const;

export type Leave = (typeof leaves)[number];

/** How the console is entered. */
export type ConsoleSignInView = { readonly installation: string } & (
  | { readonly kind: 'openid'; readonly start: string; readonly issuer: string }
  /** A link that was opened; its secret goes on in the form. */
  | { readonly kind: 'link'; readonly action: string; readonly link: string; readonly formToken: string }
  /** No link, or one that is none of ours. */
  | { readonly kind: 'no-link' }
) & { readonly leave?: Leave };

/** After the sign-in, on the way to the first page. */
export interface ConsoleEntryView {
  readonly installation: string;
  readonly start: string;
}
