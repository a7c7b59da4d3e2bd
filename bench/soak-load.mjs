import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { distinguishedName } from '../core/dist/issuance/distinguished-name.js';
import * as extensions from '../core/dist/issuance/extensions.js';
import { renderPem } from '../core/dist/issuance/pem.js';
import { signCertificate } from '../core/dist/issuance/sign-certificate.js';
import { sendOverTls } from '../tests/material/send-over-tls.ts';
import { certificateCheckAddress, registrationAddress } from '../tpp/dist/bank/bank.js';
import { connectAs, domainOf, orderCertificate } from '../tpp/dist/journey/party.js';
import { refreshStep } from '../tpp/dist/journey/steps-authorization.js';
import { accountScope, redirectUriOf } from '../tpp/dist/journey/steps-registration.js';
import { generatePrivateKey } from '../tpp/dist/keys/generate-private-key.js';
import { buildClientMetadata } from '../tpp/dist/registration/build-client-metadata.js';
import { registerClient } from '../tpp/dist/registration/register-client.js';
import { sign } from './third-party.mjs';

/** How often each kind of work begins, a second. */
const perSecond = {
  calls: 25,
  pages: 2,
  authorizations: 1,
  newcomers: 0.5,
  registrations: 0.3,
  strangers: 1,
  refusals: 0.3,
};
const refreshEvery = 120_000;
const mostUnderWay = 20;

/** Loads a server until it is stopped: `counts` of answers by kind and status, `failures` of what had to succeed. */
export function startSoaking(given) {
  const state = { ...given, counts: {}, failures: {}, stopped: false, from: 1, next: 0 };
  const work = { calls, pages, authorizations, newcomers, registrations, strangers, refusals };
  const loops = Object.entries(perSecond).map(([kind, rate]) => repeat(state, { kind, rate, work: work[kind] }));
  const refreshing = refresh(state);
  return {
    counts: state.counts,
    failures: state.failures,
    stop: async () => {
      state.stopped = true;
      await Promise.all([...loops, refreshing]);
      for (const connection of state.connections.values()) connection.close();
    },
  };
}

/** What takes longer than it may is waited for: the load never piles up. */
async function repeat(state, { kind, rate, work }) {
  const underWay = new Set();
  for (let due = performance.now(); !state.stopped; due += 1_000 / rate) {
    await pause(Math.max(0, due - performance.now()));
    if (underWay.size >= mostUnderWay) await Promise.race(underWay);
    const one = work(state).catch((cause) =>
      count(state.failures, `${kind}: ${String(cause?.message ?? cause).slice(0, 240)}`),
    );
    underWay.add(one);
    one.finally(() => underWay.delete(one));
  }
  await Promise.all(underWay);
}

function count(counts, name) {
  counts[name] = (counts[name] ?? 0) + 1;
}

async function send(state, kind, call) {
  state.from = (state.from % 200) + 1;
  const { status, text } = await sendOverTls({ ca: state.ca, from: `127.0.0.${state.from}`, ...call });
  count(state.counts, `${kind} ${status}`);
  return { status, text };
}

async function refresh(state) {
  for (let last = performance.now(); !state.stopped; await pause(500)) {
    if (performance.now() - last < refreshEvery) continue;
    last = performance.now();
    try {
      state.facts = { ...state.facts, ...(await refreshStep.run(state.world, state.facts)).facts };
    } catch (cause) {
      count(state.failures, `refresh: ${String(cause).slice(0, 240)}`);
    }
  }
}

/** Signed calls on kept connections, as most traffic is. */
async function calls(state) {
  const { url, headers } = sign(state.world, state.facts);
  const { status, body } = await connectAs(state.world, state.facts.party).send({ method: 'GET', url, headers });
  count(state.counts, `calls ${status}`);
  if (status !== 200) throw new Error(`answered ${status} ${body.toString().slice(0, 200)}`);
}

const paths = [
  '/demo-bank/en/developers',
  '/demo-bank/fr/developers',
  '/demo-bank/en/developers/errors',
  '/nothing-here',
];

async function pages(state) {
  state.next += 1;
  await send(state, 'pages', { method: 'GET', url: `${state.ready.web}${paths[state.next % paths.length]}` });
}

/** Begun by a browser that never comes back. */
async function authorizations(state) {
  const { metadata, clientId, party } = state.facts;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUriOf(party),
    scope: accountScope,
    state: randomBytes(8).toString('hex'),
    code_challenge: randomBytes(32).toString('base64url'),
    code_challenge_method: 'S256',
  });
  await send(state, 'authorizations', { method: 'GET', url: `${metadata.authorizationEndpoint}?${query}` });
}

/** A new certificate of the granted service, for the organisation that is known, and what it is first used for. */
async function newcomers(state) {
  const { world, facts } = state;
  state.spareKey ??= await generatePrivateKey();
  const party = { ...facts.party, qwacKey: state.spareKey };
  const { path } = await orderCertificate(world, party, { kind: 'qwac' });
  const call = { method: 'GET', url: certificateCheckAddress(world.bank), identity: { path, key: state.spareKey } };
  const { status, text } = await send(state, 'newcomers', call);
  if (status !== 200 || !text.includes('"outcome":"qualified"')) throw new Error(`answered ${status}`);
}

async function registrations(state) {
  const { world, facts } = state;
  state.next += 1;
  const metadata = buildClientMetadata({
    clientName: `Soak ${state.next} ${randomBytes(6).toString('hex')}`,
    redirectUris: [redirectUriOf(facts.party)],
    scope: accountScope,
    contacts: [`developers@${domainOf(facts.party)}`],
    sealPaths: [facts.party.seal.path],
  });
  const connection = connectAs(world, facts.party);
  const { clientId, answer } = await registerClient(connection, world.bank, metadata);
  count(state.counts, `registrations ${answer.status}`);
  const { status } = await connection.send({ method: 'DELETE', url: registrationAddress(world.bank, clientId) });
  count(state.counts, `deletions ${status}`);
}

const strangerKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const strangerPem = strangerKeys.privateKey.export({ type: 'pkcs8', format: 'pem' });

/** A certificate that nobody has seen before and nobody vouches for; one handshake in two goes without any. */
async function strangers(state) {
  state.next += 1;
  const identity = state.next % 2 === 0 ? undefined : { path: makeStranger(), key: strangerPem };
  const url = new URL(sign(state.world, state.facts).url);
  const targets = [url.href, `${url.origin}/nothing-here`, registrationAddress(state.world.bank)];
  for (const target of targets) await send(state, 'strangers', { method: 'GET', url: target, identity });
}

function makeStranger() {
  const subject = distinguishedName({
    countryName: 'FR',
    organizationName: `Stranger ${randomBytes(4).toString('hex')}`,
    organizationIdentifier: 'PSDFR-ACPR-99999',
    commonName: 'stranger.example',
  });
  const now = Date.now();
  const der = signCertificate(
    {
      serialNumber: randomBytes(16).map((octet, at) => (at === 0 ? octet & 0x7f || 1 : octet)),
      issuer: subject,
      subject,
      publicKey: strangerKeys.publicKey,
      notBefore: new Date(now - 60_000),
      notAfter: new Date(now + 86_400_000),
      extensions: [extensions.keyUsage('digitalSignature'), extensions.subjectKeyIdentifier(strangerKeys.publicKey)],
    },
    strangerKeys.privateKey,
  );
  return renderPem('CERTIFICATE', der);
}

/** What a known third party does wrong, in turns. */
async function refusals(state) {
  state.next += 1;
  const { party } = state.facts;
  const { url, headers } = sign(state.world, state.facts);
  const wrong = [
    { headers: { ...headers, signature: headers.signature.replace(/signature="..../, 'signature="AAAA') } },
    { headers: { accept: 'application/json' } },
    { headers: { ...headers, authorization: 'Bearer nothing' } },
    {
      method: 'POST',
      url: registrationAddress(state.world.bank),
      headers: { 'content-type': 'application/json' },
      body: '{',
    },
  ];
  const call = { method: 'GET', url, ...wrong[state.next % wrong.length] };
  await send(state, 'refusals', { ...call, identity: { path: party.qwac.path, key: party.qwacKey } });
}
