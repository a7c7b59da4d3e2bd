import type { PortalFacts } from '@postern/web/views/portal-facts.js';
import type { Config } from '../config.js';
import type { Realm } from '../realm.js';

/** What the articles say of a brand, apart from where its pages and addresses stand. Given from outside: it knows every feature. */
export type DescribePortal = (
  /** The realm that grants are explained by. */
  realm: Realm,
  config: Config,
) => Omit<PortalFacts, 'navigation' | 'environments' | 'exchanges'>;

/** The OpenAPI documents of a realm by name; of what the realm does not offer there is none. */
export type DescribeInterfaces = (realm: Realm) => Readonly<Record<string, Readonly<Record<string, unknown>>>>;
