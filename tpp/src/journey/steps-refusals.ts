import { renderDigest } from '@postern/core/signature/sign-request.js';
import { type Environment, registrationAddress, resourceAddress } from '../bank/bank.js';
import type { Connection } from '../http/connection.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { generatePrivateKey } from '../keys/generate-private-key.js';
import { signRequest } from '../signature/sign-request.js';
import { callApi } from './call-api.js';
import { describeExchange } from './describe-exchange.js';
import { expectRefusal } from './expect-refusal.js';
import { type Facts, need } from './facts.js';
import type { JourneyWorld } from './journey-world.js';
import { connectAs, foundParty, orderCertificate, sealOf } from './party.js';
import type { Step } from './step.js';
import { StepFailure } from './step-failure.js';
import { awaitQualified, equipParty } from './steps-certificates.js';
import { metadataOf } from './steps-registration.js';

const accounts = '/accounts';

/** The same third party with a bad certificate, someone else's token or a spoilt signature. */
export const refusalSteps: readonly Step[] = [
  {
    id: 'no-certificate',
    title: 'Refused: no certificate',
    run: async (world, facts) => {
      const answer = await callApi(world, facts, { path: accounts, connection: world.connect() });
      return expectRefusal(answer, { status: 401, codes: ['CERTIFICATE_MISSING'] });
    },
  },
  {
    id: 'expired-certificate',
    title: 'Refused: a certificate that has expired',
    run: async (world, facts) => {
      const party = need(facts, 'party');
      const qwac = await orderCertificate(world, party, { kind: 'qwac', defect: 'expired' });
      const answer = await callApi(world, facts, { path: accounts, connection: connectAs(world, { ...party, qwac }) });
      return expectRefusal(answer, { status: 401, codes: ['CERTIFICATE_EXPIRED'], rule: 'time.not-expired' });
    },
  },
  {
    id: 'seal-for-tls',
    title: 'Refused: the seal used for TLS',
    run: async (world, facts) => {
      const { seal, sealKey } = need(facts, 'party');
      const connection = world.connect({ certificate: seal?.path ?? '', key: sealKey });
      const answer = await callApi(world, facts, { path: accounts, connection });
      return expectRefusal(answer, { status: 401, codes: ['CERTIFICATE_WRONG_TYPE'], rule: 'qc.type-matches-use' });
    },
  },
  {
    id: 'token-of-another',
    title: "Refused: someone else's token",
    run: async (world, facts) => {
      const other = await equipParty(world, await foundParty());
      await awaitQualified(world, other);
      const answer = await callApi(world, facts, { path: accounts, connection: connectAs(world, other) });
      return expectRefusal(answer, { status: 401, codes: ['TOKEN_BINDING_MISMATCH'] });
    },
  },
  {
    id: 'altered-digest',
    title: 'Refused: a Digest that is not of the body',
    run: async (world, facts) => {
      const digest = renderDigest(new Uint8Array());
      const altered = { digest: renderDigest(Buffer.from('other bytes')) };
      const answer = await sendAltered(world, facts, { signed: { digest }, altered, path: accounts });
      return expectRefusal(answer, { status: 401, codes: ['DIGEST_MISMATCH'] });
    },
  },
  {
    id: 'altered-request',
    title: 'Refused: a request altered after it was signed',
    run: async (world, facts) => {
      const answer = await sendAltered(world, facts, { signed: {}, altered: {}, path: `${accounts}?altered=1` });
      return expectRefusal(answer, { status: 401, codes: ['SIGNATURE_INVALID'] });
    },
  },
  {
    id: 'unregistered-key',
    title: 'Refused: a signature by a key that is not registered',
    run: async (world, facts) => {
      const party = { ...need(facts, 'party'), sealKey: await generatePrivateKey() };
      const answer = await callApi(world, facts, {
        path: accounts,
        key: sealOf(party, 'a-kid-that-nobody-registered'),
      });
      return expectRefusal(answer, { status: 401, codes: ['SIGNATURE_KEY_UNKNOWN'] });
    },
  },
];

/** A scope whose role the certificate does not hold: refused in production, registered in the sandbox. */
export function roleStep(environment: Environment): Step {
  const id = 'role-not-held';
  if (environment === 'production') {
    return {
      id,
      title: 'Refused: a scope whose role the certificate does not hold',
      run: async (world, facts) =>
        expectRefusal(await registerForPayments(world, facts), {
          status: 400,
          codes: ['ROLE_INVALID', 'METADATA_INVALID'],
          naming: 'scope',
        }),
    };
  }
  return {
    id,
    title: 'Allowed in the sandbox: a scope whose role the certificate does not hold',
    run: async (world, facts) => {
      const answer = await registerForPayments(world, facts);
      if (answer.status !== 201) throw new StepFailure('201', String(answer.status), answer);
      return {
        ...describeExchange(answer),
        evidence: ['the scope pisp is registered for a certificate without PSP_PI'],
      };
    },
  };
}

function registerForPayments(world: JourneyWorld, facts: Facts): Promise<HttpAnswer> {
  const party = need(facts, 'party');
  const body = JSON.stringify(metadataOf(party, 'pisp'));
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return connectAs(world, party).send({ method: 'POST', url: registrationAddress(world.bank), headers, body });
}

/** A signed GET of the accounts whose headers or path are changed between signing and sending. */
async function sendAltered(
  world: JourneyWorld,
  facts: Facts,
  change: { readonly signed: Record<string, string>; readonly altered: Record<string, string>; readonly path: string },
): Promise<HttpAnswer> {
  const party = need(facts, 'party');
  const connection: Connection = connectAs(world, party);
  const authorization = `Bearer ${need(facts, 'accessToken')}`;
  const headers = { accept: 'application/json', 'user-agent': 'postern-tpp', authorization, ...change.signed };
  const request = { method: 'GET', url: resourceAddress(world.bank, accounts), headers };
  const signature = signRequest(request, sealOf(party, need(facts, 'kid')), world.clock());
  const url = resourceAddress(world.bank, change.path);
  return connection.send({ method: 'GET', url, headers: { ...signature.headers, ...change.altered } });
}
