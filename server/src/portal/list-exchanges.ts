import { exchangeNames, type PortalFacts } from '@postern/web/views/portal-facts.js';
import type { Realm } from '../realm.js';
import { readTranscript } from '../transcripts/read-transcript.js';
import { placeOfGrants } from './environment-addresses.js';

/** The transcripts that the articles show, with the addresses of the environment that they are of: test certificates are the sandbox's. */
export function listExchanges(realms: readonly Realm[]): PortalFacts['exchanges'] {
  const exchanges = exchangeNames.map((name) => {
    const sandbox = realms.find(({ environment }) => environment === 'sandbox');
    const realm = (isOfSandbox(name) ? sandbox : undefined) ?? placeOfGrants(realms);
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
