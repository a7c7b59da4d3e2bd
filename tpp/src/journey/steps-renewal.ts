import { parseRefusalAnswer } from '../bank/bank-refusal.js';
import { generatePrivateKey } from '../keys/generate-private-key.js';
import { refreshGrant, requestToken } from '../oauth/request-token.js';
import { applyChanges, type ChangedRegistration } from '../registration/apply-changes.js';
import { deleteRegistration, updateRegistration } from '../registration/change-registration.js';
import { type RegisteredClient, readRegistration } from '../registration/register-client.js';
import { callApi } from './call-api.js';
import { describeExchange } from './describe-exchange.js';
import { expectRefusal } from './expect-refusal.js';
import { type Facts, need } from './facts.js';
import type { JourneyWorld } from './journey-world.js';
import { connectAs, orderCertificate, sealOf } from './party.js';
import type { Step } from './step.js';
import { StepFailure } from './step-failure.js';
import { refreshStep } from './steps-authorization.js';
import { tryUntil } from './try-until.js';

/** Both certificates are renewed while the consent lives; nothing is asked of anyone, and nothing is lost. */
export const renewalSteps: readonly Step[] = [
  {
    id: 'qwac-renewed',
    title: 'Go on with a renewed QWAC: no call announces it',
    run: async (world, facts) => {
      const qwacKey = await generatePrivateKey();
      const renewed = { ...need(facts, 'party'), qwacKey };
      const party = { ...renewed, qwac: await orderCertificate(world, renewed, { kind: 'qwac' }) };
      const { facts: tokens, ...exchange } = await refreshStep.run(world, { ...facts, party });
      await expectAccounts(world, { ...facts, ...tokens, party });
      return {
        ...exchange,
        evidence: [
          `QWAC ${party.qwac.serialNumber}, with a key of its own`,
          'same registration, same consent',
          ...exchange.evidence,
        ],
        facts: { ...tokens, party },
      };
    },
  },
  {
    id: 'seal-added',
    title: 'Add a renewed QSealC beside the old one',
    run: async (world, facts) => {
      const sealKey = await generatePrivateKey();
      const renewed = { ...need(facts, 'party'), sealKey };
      const party = { ...renewed, seal: await orderCertificate(world, renewed, { kind: 'qsealc' }) };
      const { client, changes } = await change(world, facts, { addKey: party.seal.path });
      const kid = client.kids.at(-1);
      if (kid === undefined || client.kids.length !== 2)
        throw new StepFailure('two keys', `${client.kids.length}`, client.answer);
      await expectAccounts(world, facts);
      await expectAccounts(world, { ...facts, party, kid });
      return {
        ...describeExchange(client.answer),
        evidence: [...changes, 'signatures by the old key and by the new one are both taken'],
        facts: { party, kid, formerKid: need(facts, 'kid'), formerSealKey: need(facts, 'party').sealKey },
      };
    },
  },
  {
    id: 'seal-removed',
    title: 'Take the old key away',
    run: async (world, facts) => {
      const { client, changes } = await change(world, facts, { removeKey: need(facts, 'formerKid') });
      await expectAccounts(world, facts);
      return { ...describeExchange(client.answer), evidence: [...changes, 'signatures by the new key are taken'] };
    },
  },
  {
    id: 'former-key',
    title: 'Refused: a signature by the key that was taken away',
    run: async (world, facts) => {
      const party = { ...need(facts, 'party'), sealKey: need(facts, 'formerSealKey') };
      const key = sealOf(party, need(facts, 'formerKid'));
      const { result } = await tryUntil(
        world,
        () => callApi(world, facts, { path: '/accounts', key }),
        ({ status }) => status === 401,
      );
      return expectRefusal(result, { status: 401, codes: ['SIGNATURE_KEY_UNKNOWN'] });
    },
  },
  { ...refreshStep, id: 'refresh-after-renewal', title: 'Refresh the access token with both certificates renewed' },
];

/** The registration ends, and with it the token and the consent. */
export const deletionSteps: readonly Step[] = [
  {
    id: 'client-delete',
    title: 'Delete the registration',
    run: async (world, facts) => {
      const connection = connectAs(world, need(facts, 'party'));
      const answer = await deleteRegistration(connection, world.bank, need(facts, 'clientId'));
      return { ...describeExchange(answer), evidence: [`client_id ${need(facts, 'clientId')} has ended`] };
    },
  },
  {
    id: 'token-dead',
    title: 'Refused: the token of a registration that has ended',
    run: async (world, facts) => {
      const isRefused = ({ status }: { readonly status: number }) => status === 401;
      const { result } = await tryUntil(world, () => callApi(world, facts, { path: '/accounts' }), isRefused);
      const refused = expectRefusal(result, { status: 401, codes: ['TOKEN_INVALID'] });
      return { ...refused, evidence: [...refused.evidence, await expectDeadRefresh(world, facts)] };
    },
  },
];

async function change(
  world: JourneyWorld,
  facts: Facts,
  wanted: Parameters<typeof applyChanges>[1],
): Promise<Pick<ChangedRegistration, 'changes'> & { readonly client: RegisteredClient }> {
  const [connection, clientId] = [connectAs(world, need(facts, 'party')), need(facts, 'clientId')];
  const { metadata: registered, answer } = await readRegistration(connection, world.bank, clientId);
  const { metadata, changes } = applyChanges(registered, wanted);
  const update = { clientId, metadata, etag: answer.headers.etag };
  return { changes, client: await updateRegistration(connection, world.bank, update) };
}

async function expectAccounts(world: JourneyWorld, facts: Facts): Promise<void> {
  const { result } = await tryUntil(
    world,
    () => callApi(world, facts, { path: '/accounts' }),
    ({ status }) => status === 200,
  );
  if (result.status !== 200)
    throw new StepFailure('200', `${result.status} ${parseRefusalAnswer(result).text}`, result);
}

async function expectDeadRefresh(world: JourneyWorld, facts: Facts): Promise<string> {
  const connection = connectAs(world, need(facts, 'party'));
  const { tokenEndpoint } = need(facts, 'metadata');
  const requester = { connection, tokenEndpoint, clientId: need(facts, 'clientId') };
  const failure = await requestToken(requester, refreshGrant(need(facts, 'refreshToken'))).catch(
    (error: Error) => error,
  );
  if (failure instanceof Error) return `the refresh token too: ${failure.message}`;
  throw new StepFailure('a refused refresh token', 'a new access token', failure.answer);
}
