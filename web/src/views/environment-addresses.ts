import type { Environment } from '../page-context.js';

/** The absolute addresses of one environment of one brand. */
export interface EnvironmentAddresses {
  readonly environment: Environment;
  readonly issuer: string;
  readonly metadata: string;
  readonly registrations: string;
  /** Undefined where no bank stands behind the environment; so are `token` and `api`. */
  readonly authorization?: string | undefined;
  readonly token?: string | undefined;
  readonly jwks: string;
  readonly certificateCheck: string;
  /** A page, in the language of the page that links to it. */
  readonly ownRegistrations: string;
  /** Base of the open-banking API with its version. */
  readonly api?: string | undefined;
}
