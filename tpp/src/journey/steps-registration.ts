import { readJsonObject, readText } from '../http/http-answer.js';
import { readPemCertificates, thumbprintOf } from '../keys/pem-certificates.js';
import { buildClientMetadata } from '../registration/build-client-metadata.js';
import { readRegistration, registerClient } from '../registration/register-client.js';
import { describeExchange } from './describe-exchange.js';
import { need } from './facts.js';
import { connectAs, domainOf, type Party } from './party.js';
import type { Step } from './step.js';
import { StepFailure } from './step-failure.js';

/** The scope that a third party with the role of account information asks for. */
export const accountScope = 'aisp extended_transaction_history';

/** Registration (RFC 7591) and reading it back (RFC 7592). */
export const registrationSteps: readonly Step[] = [
  {
    id: 'register',
    title: 'Register an application',
    run: async (world, facts) => {
      const party = need(facts, 'party');
      const metadata = metadataOf(party, accountScope);
      const client = await registerClient(connectAs(world, party), world.bank, metadata);
      const kid = client.kids[0];
      const expected = thumbprintOf(readPemCertificates(party.seal?.path ?? '')[0] ?? Buffer.of());
      if (client.answer.status !== 201) throw new StepFailure('201', String(client.answer.status), client.answer);
      if (kid !== expected)
        throw new StepFailure(`the kid ${expected}, the thumbprint of the seal`, kid ?? 'no kid', client.answer);
      return {
        ...describeExchange(client.answer),
        evidence: [`client_id ${client.clientId}`, `kid ${kid}`, `scope ${client.scope}`],
        facts: { clientId: client.clientId, kid },
      };
    },
  },
  {
    id: 'registration-read',
    title: 'Read the registration back',
    run: async (world, facts) => {
      const [party, clientId] = [need(facts, 'party'), need(facts, 'clientId')];
      const client = await readRegistration(connectAs(world, party), world.bank, clientId);
      const owner = readText(readJsonObject(client.answer) ?? {}, 'provider_legal_id');
      if (client.clientId !== clientId) throw new StepFailure(`client_id ${clientId}`, client.clientId, client.answer);
      if (owner !== party.organizationIdentifier) {
        throw new StepFailure(`provider_legal_id ${party.organizationIdentifier}`, owner ?? 'none', client.answer);
      }
      return {
        ...describeExchange(client.answer),
        evidence: [`client_id ${client.clientId}`, `provider_legal_id ${owner}`],
      };
    },
  },
];

/** The client metadata of a party's application. */
export function metadataOf(party: Party, scope: string) {
  return buildClientMetadata({
    clientName: 'Journey',
    redirectUris: [redirectUriOf(party)],
    scope,
    contacts: [`developers@${domainOf(party)}`],
    sealPaths: party.seal === undefined ? [] : [party.seal.path],
  });
}

/** Where the PSU comes back to: nothing needs to answer there, the journey stops at its door. */
export function redirectUriOf(party: Party): string {
  return `https://${domainOf(party)}/callback`;
}
