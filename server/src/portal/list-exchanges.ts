import { exchangeNames, type PortalFacts } from '@postern/web/views/portal-facts.js';
import type { Realm } from '../realm.js';
import { readTranscript } from '../transcripts/read-transcript.js';

/** The transcripts that the articles show, with the addresses of the environment that they are of: test certificates are the sandbox's. */
export function listExchanges(realms: readonly Realm[]): PortalFacts['exchanges'] {
  const realmOf = (environment: Realm['environment']) =>
    realms.find((realm) => realm.environment === environment) ?? realms[0];
  const exchanges = exchangeNames.map((name) => {
    const realm = realmOf(isOfSandbox(name) ? 'sandbox' : 'production');
    if (realm === undefined) throw new Error('a brand without environments');
    return [
      name,
      { request: readTranscript(`${name}.request`, realm), answer: readTranscript(`${name}.answer`, realm) },
    ];
  });
  return Object.fromEntries(exchanges) as PortalFacts['exchanges'];
}

function isOfSandbox(name: string): boolean {
  return name.startsWith('certificates-') || name === 'refused-one-key';
}
