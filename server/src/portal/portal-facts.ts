import type { PortalFacts } from '@postern/web/views/portal-facts.js';
import type { Config } from '../config.js';
import type { Realm } from '../realm.js';

/** What the articles say of a brand, apart from where its pages and addresses stand. Given from outside: it knows every feature. */
export type DescribePortal = (production: Realm, config: Config) => Omit<PortalFacts, 'navigation' | 'environments'>;

/** The OpenAPI documents of a realm. */
export type DescribeInterfaces = (
  realm: Realm,
) => Readonly<Record<'registration' | 'accounts', Readonly<Record<string, unknown>>>>;
