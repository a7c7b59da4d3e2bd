import { parseRefusalAnswer } from '../bank/bank-refusal.js';
import { callApi } from './call-api.js';
import { describeExchange } from './describe-exchange.js';
import { expectRefusal } from './expect-refusal.js';
import { type Facts, need } from './facts.js';
import type { JourneyWorld } from './journey-world.js';
import type { Step } from './step.js';
import { StepFailure } from './step-failure.js';
import { tryUntil } from './try-until.js';

/** The authority takes the authorisation away, and gives it back. */
export const withdrawalSteps: readonly Step[] = [
  {
    id: 'authorisation-withdrawn',
    title: 'Refused: the authority has withdrawn the authorisation',
    run: async (world, facts) => {
      await changeRegister(world, facts, 'withdraw');
      const { result: answer, tries } = await tryUntil(world, () => callAccounts(world, facts), isBlocked);
      const refused = expectRefusal(answer, {
        status: 401,
        codes: ['CERTIFICATE_BLOCKED'],
        rule: 'register.authorisation-active',
      });
      return {
        ...refused,
        evidence: [...refused.evidence, `refused at call ${tries} after the withdrawal, on the same connection`],
      };
    },
  },
  {
    id: 'authorisation-regained',
    title: 'Access returns by itself with the authorisation',
    run: async (world, facts) => {
      await changeRegister(world, facts, 'reinstate');
      const { result: answer, tries } = await tryUntil(
        world,
        () => callAccounts(world, facts),
        ({ status }) => status === 200,
      );
      if (answer.status !== 200)
        throw new StepFailure('200', `${answer.status} ${parseRefusalAnswer(answer).text}`, answer);
      return {
        ...describeExchange(answer),
        evidence: [
          `let in at call ${tries} after the reinstatement`,
          'same token, same registration, nothing asked of anyone',
        ],
      };
    },
  },
];

function callAccounts(world: JourneyWorld, facts: Facts) {
  return callApi(world, facts, { path: '/accounts' });
}

function isBlocked(answer: Awaited<ReturnType<typeof callAccounts>>): boolean {
  return parseRefusalAnswer(answer).errorCode === 'CERTIFICATE_BLOCKED';
}

async function changeRegister(world: JourneyWorld, facts: Facts, change: 'withdraw' | 'reinstate'): Promise<void> {
  const { organizationIdentifier } = need(facts, 'party');
  const url = new URL(`/demo/${change}`, world.qtspUrl).href;
  const headers = { 'content-type': 'application/json' };
  const answer = await world
    .connect()
    .send({ method: 'POST', url, headers, body: JSON.stringify({ organizationIdentifier }) });
  if (answer.status !== 204) throw new StepFailure(`204 from ${url}`, `${answer.status} ${answer.statusText}`, answer);
}
