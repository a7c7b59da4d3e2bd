import { readFileSync } from 'node:fs';
import { registrationAddress } from '../tpp/dist/bank/bank.js';
import { createWorld } from '../tpp/dist/journey/create-world.js';
import { connectAs, domainOf, foundParty, orderCertificate } from '../tpp/dist/journey/party.js';
import { awaitQualified, equipParty } from '../tpp/dist/journey/steps-certificates.js';
import { accountScope, redirectUriOf } from '../tpp/dist/journey/steps-registration.js';
import { generatePrivateKey } from '../tpp/dist/keys/generate-private-key.js';
import { buildClientMetadata } from '../tpp/dist/registration/build-client-metadata.js';
import { registerClient } from '../tpp/dist/registration/register-client.js';
import { numberMark } from './number-mark.mjs';

/** Organisations that the bank knows, each with a QWAC and some QSealCs. */
export async function foundRegistrants(urls, count, seals = 2) {
  const connections = new Map();
  /** @type {import('../tpp/dist/journey/create-world.js').WorldPlan} */
  const plan = { urls, ca: readFileSync(urls.ca, 'utf8'), brand: 'demo-bank', environment: 'production' };
  const world = createWorld(plan, connections);
  const registrants = [];
  for (let made = 0; made < count; made += 1) {
    const party = await equipParty(world, await foundParty());
    const further = [];
    while (further.length < seals - 1) {
      const other = { ...party, sealKey: await generatePrivateKey() };
      further.push(await orderCertificate(world, other, { kind: 'qsealc' }));
    }
    registrants.push({ party, metadata: describe(party, further) });
  }
  for (const { party } of registrants) await awaitQualified(world, party);
  const register = ({ party, metadata }) => registerClient(connectAs(world, party), world.bank, metadata);
  return {
    identities: registrants.map(({ party, metadata }) => ({
      ca: plan.ca,
      certificate: party.qwac.path,
      key: party.qwacKey,
      requests: [renderRegistration(world.bank, metadata)],
    })),
    /** One client for each, and the requests that read them. */
    readers: () => Promise.all(registrants.map((registrant) => readerOf(world, plan, registrant, register))),
    close: () => {
      for (const connection of connections.values()) connection.close();
    },
  };
}

function describe(party, further) {
  return buildClientMetadata({
    clientName: `${party.organizationName} ${numberMark}`,
    redirectUris: [redirectUriOf(party)],
    scope: accountScope,
    contacts: [`developers@${domainOf(party)}`],
    sealPaths: [party.seal, ...further].map(({ path }) => path),
  });
}

async function readerOf({ bank }, { ca }, { party, metadata }, register) {
  const { clientId, answer } = await register({ party, metadata });
  const { host, pathname } = new URL(registrationAddress(bank, clientId));
  const request = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\n\r\n`;
  return { ca, certificate: party.qwac.path, key: party.qwacKey, requests: [request], body: Buffer.from(answer.body) };
}

function renderRegistration(bank, metadata) {
  const { host, pathname } = new URL(registrationAddress(bank));
  const body = JSON.stringify(metadata);
  const head = ['Content-Type: application/json', 'Accept: application/json', `Content-Length: ${body.length}`];
  return `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\n${head.join('\r\n')}\r\n\r\n${body}`;
}
