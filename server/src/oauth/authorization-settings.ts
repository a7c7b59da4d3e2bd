import type { Lang } from '@postern/web/page-context.js';
import type { DemoUser } from '@postern/web/views/sign-in-view.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { AccountDirectory, CustomerDirectory } from '../bank/bank.js';
import type { Config } from '../config.js';
import type { Site } from '../http/site.js';
import type { Realm } from '../realm.js';
import type { Database } from '../store/database.js';
import type { CountStart } from './count-starts.js';

/** What the authorization endpoint of a realm works with. */
export interface AuthorizationSettings {
  readonly realm: Realm;
  readonly database: Database;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly site: Pick<Site, 'pageContext'>;
  readonly bank: CustomerDirectory & Pick<AccountDirectory, 'accounts' | 'balances'>;
  readonly countStart: CountStart;
  readonly tokens: Pick<Config['tokens'], 'authorizationCodeSeconds' | 'grantDays'>;
  /**
   * Whether the register still authorises the organisation. A PSU's browser brings no certificate to judge; this is what
   * can be known without one. Says no when it is not known.
   */
  readonly organizationActive: (organizationIdentifier: string) => boolean;
  /** Only where the bank is simulated. */
  readonly simulation?:
    | { readonly demoUsers: readonly DemoUser[]; readonly phoneAddress: (lang: Lang, psu: string) => string }
    | undefined;
}

/** Five minutes without a sign of the PSU end an authorization (Delegated Regulation (EU) 2018/389 article 4(3)(d)). */
export const inactivitySeconds = 300;
/** However busy the PSU is, an authorization ends after this. */
export const longestSeconds = 1_800;
/** The life of a one-time code. */
export const oneTimeCodeSeconds = 300;

/** Where an authorization is, in a language: the endpoint itself, or one authorization under way. */
export function authorizationAddress(realm: Realm, lang: Lang, id?: string): string {
  return `${realm.prefix}/oauth2/${lang}/authorize${id === undefined ? '' : `/${id}`}`;
}

export function secondsAfter(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1_000);
}
