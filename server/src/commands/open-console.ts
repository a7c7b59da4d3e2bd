import { type Config, readReference } from '../config.js';
import type { ConsoleDesk } from '../operator/console-desk.js';
import { createOneTimeLinks } from '../operator/one-time-links.js';
import type { OperatorSettings } from '../operator/operator-settings.js';
import { callbackPath } from '../operator/sign-in-routes.js';
import type { WayIn } from '../operator/way-in.js';
import type { Database } from '../store/database.js';
import { openDesk } from './open-desk.js';
import type { Wiring } from './wire-listeners.js';

/** The console of an installation that has one. */
export async function openConsole(
  wiring: Wiring,
  readParts: ConsoleDesk['readParts'],
): Promise<OperatorSettings | undefined> {
  const { config, database, clock, site } = wiring;
  const { operator, listeners } = config;
  if (operator === undefined || listeners.operator === undefined) return undefined;
  const { publicUrl } = listeners.operator;
  return {
    database,
    clock,
    site,
    publicUrl,
    wayIn: await openWayIn({ ...operator, publicUrl }, wiring),
    idleSeconds: operator.idleSeconds,
    sessionSeconds: operator.sessionSeconds,
    desk: openDesk({ ...wiring, readParts }),
  };
}

interface Way {
  readonly signIn: NonNullable<Config['operator']>['signIn'];
  readonly publicUrl: string;
}

async function openWayIn(
  { signIn, publicUrl }: Way,
  { database, clock, announceLink = () => undefined }: { database: Database } & Pick<Wiring, 'clock' | 'announceLink'>,
): Promise<WayIn> {
  if ('oneTimeLink' in signIn) {
    return { kind: 'link', links: createOneTimeLinks({ database, publicUrl, announce: announceLink }) };
  }
  const { clientSecret, clientKey, ca } = signIn;
  const secrets = {
    clientSecret: clientSecret && readReference(clientSecret).trim(),
    clientKey: clientKey && readReference(clientKey),
    ca: ca && readReference(ca),
  };
  const redirectUri = `${publicUrl}${callbackPath}`;
  const { createIdentityProvider } = await import('../operator/identity-provider.js');
  return { kind: 'openid', provider: createIdentityProvider({ signIn, redirectUri, secrets, clock }) };
}
