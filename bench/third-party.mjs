import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resourceAddress } from '../tpp/dist/bank/bank.js';
import { createWorld } from '../tpp/dist/journey/create-world.js';
import { connectAs, sealOf } from '../tpp/dist/journey/party.js';
import { authorizationSteps } from '../tpp/dist/journey/steps-authorization.js';
import { certificateSteps } from '../tpp/dist/journey/steps-certificates.js';
import { registrationSteps } from '../tpp/dist/journey/steps-registration.js';
import { readPemCertificates } from '../tpp/dist/keys/pem-certificates.js';
import { signRequest } from '../tpp/dist/signature/sign-request.js';

/** Goes the first steps of the journey, to a registered third party with an access token; throws when one does not hold. */
export async function goFirstSteps(urls) {
  const connections = new Map();
  const ca = readFileSync(urls.ca, 'utf8');
  const world = createWorld({ urls, ca, brand: 'demo-bank', environment: 'production' }, connections);
  /** @type {any} */
  let facts = {};
  for (const step of [...certificateSteps, ...registrationSteps, ...authorizationSteps]) {
    facts = { ...facts, ...(await step.run(world, facts)).facts };
  }
  return { world, facts, ca, connections };
}

/** Becomes a registered third party with an access token. */
export async function becomeThirdParty(urls) {
  const { world, facts, ca, connections } = await goFirstSteps(urls);
  return {
    presented: readPemCertificates(facts.party.qwac.path),
    credentials: { certificate: facts.party.qwac.path, key: facts.party.qwacKey, ca },
    resourcePath: new URL(resourceAddress(world.bank, path)).pathname,
    readAccounts: () => readAccounts(world, facts),
    signRequests: (count) => Array.from({ length: count }, () => renderRequest(sign(world, facts))),
    verification: () => describeVerification(sign(world, facts), facts),
    close: () => {
      for (const connection of connections.values()) connection.close();
    },
  };
}

const path = '/accounts';

/** A signed GET of the accounts: its address and its headers. */
export function sign(world, { party, kid, accessToken }) {
  const headers = { accept: 'application/json', 'user-agent': 'postern-bench', authorization: `Bearer ${accessToken}` };
  const request = { method: 'GET', url: resourceAddress(world.bank, path), headers };
  return { ...signRequest(request, sealOf(party, kid), world.clock()), url: request.url };
}

async function readAccounts(world, facts) {
  const { url, headers } = sign(world, facts);
  const answer = await connectAs(world, facts.party).send({ method: 'GET', url, headers });
  if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}`);
  return { body: Buffer.from(answer.body).toString('utf8'), type: answer.headers['content-type'] };
}

function renderRequest({ url, headers }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${new URL(url).pathname} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** What the second limit verifies for each request: the same kind of signature, by the same kind of key. */
function describeVerification({ signingString, headers }, { party }) {
  const signature = /signature="([^"]+)"/.exec(headers.signature)?.[1];
  const publicKey = createPublicKey(party.sealKey).export({ type: 'spki', format: 'pem' });
  return { publicKey, signed: signingString, signature };
}
