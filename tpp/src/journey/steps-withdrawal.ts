import { parseRefusalAnswer } from '../bank/bank-refusal.js';
import { callApi } from './call-api.js';
import { describeExchange } from './describe-exchange.js';
import { expectRefusal } from './expect-refusal.js';
import { type Facts, need } from './facts.js';
import type { JourneyWorld } from './journey-world.js';
import type { Step } from './step.js';
import { StepFailure } from './step-failure.js';
import { tryUntil } from './try-until.js';

/** Something that ends the qualification from outside and gives it back: each is lost and regained. */
interface Loss {
  readonly lost: { readonly id: string; readonly title: string; readonly change: string };
  readonly regained: { readonly id: string; readonly title: string; readonly change: string };
  /** What the bank must say. */
  readonly code: string;
  readonly rule: string;
  /** What the demo world is told, of whom. */
  readonly about: (facts: Facts) => object;
}

const losses: readonly Loss[] = [
  {
    lost: {
      id: 'authorisation-withdrawn',
      title: 'Refused: the authority has withdrawn the authorisation',
      change: 'withdraw',
    },
    regained: {
      id: 'authorisation-regained',
      title: 'Access returns by itself with the authorisation',
      change: 'reinstate',
    },
    code: 'CERTIFICATE_BLOCKED',
    rule: 'register.authorisation-active',
    about: (facts) => ({ organizationIdentifier: need(facts, 'party').organizationIdentifier }),
  },
  {
    lost: { id: 'certificate-held', title: 'Refused: the certificate is suspended', change: 'hold' },
    regained: { id: 'certificate-released', title: 'Access returns by itself with the certificate', change: 'unhold' },
    code: 'CERTIFICATE_REVOKED',
    rule: 'revocation.not-revoked',
    about: (facts) => ({ serialNumber: need(facts, 'party').qwac?.serialNumber }),
  },
  {
    lost: {
      id: 'service-withdrawn',
      title: "Refused: the certificate's issuer has lost its qualified status",
      change: 'withdraw-service',
    },
    regained: {
      id: 'service-regained',
      title: 'Access returns by itself with the trust service',
      change: 'reinstate-service',
    },
    code: 'CERTIFICATE_UNKNOWN_ISSUER',
    rule: 'trust.service-granted-now',
    about: () => ({}),
  },
];

/** Authorisation, certificate and trust service are taken away, each in its turn, and given back. */
export const withdrawalSteps: readonly Step[] = losses.flatMap((loss) => [lossStep(loss), returnStep(loss)]);

function lossStep(loss: Loss): Step {
  const { id, title, change } = loss.lost;
  return {
    id,
    title,
    run: async (world, facts) => {
      await changeDemoWorld(world, change, loss.about(facts));
      try {
        return await expectLoss(world, facts, loss);
      } catch (failure) {
        // The steps after one that fails are not run: others must not be left without what was taken away here.
        await changeDemoWorld(world, loss.regained.change, loss.about(facts));
        throw failure;
      }
    },
  };
}

async function expectLoss(world: JourneyWorld, facts: Facts, { code, rule }: Loss) {
  const isRefused = (answer: Answer) => parseRefusalAnswer(answer).errorCode === code;
  const { result: answer, tries } = await tryUntil(world, () => callAccounts(world, facts), isRefused);
  const refused = expectRefusal(answer, { status: 401, codes: [code], rule });
  const evidence = [...refused.evidence, `refused at call ${tries} after that, on the same connection`];
  return { ...refused, evidence };
}

function returnStep({ regained: { id, title, change }, about }: Loss): Step {
  return {
    id,
    title,
    run: async (world, facts) => {
      await changeDemoWorld(world, change, about(facts));
      const isAdmitted = ({ status }: Answer) => status === 200;
      const { result: answer, tries } = await tryUntil(world, () => callAccounts(world, facts), isAdmitted);
      if (answer.status !== 200)
        throw new StepFailure('200', `${answer.status} ${parseRefusalAnswer(answer).text}`, answer);
      return {
        ...describeExchange(answer),
        evidence: [`let in at call ${tries} after that`, 'same token, same registration, nothing asked of anyone'],
      };
    },
  };
}

type Answer = Awaited<ReturnType<typeof callAccounts>>;

function callAccounts(world: JourneyWorld, facts: Facts) {
  return callApi(world, facts, { path: '/accounts' });
}

async function changeDemoWorld(world: JourneyWorld, change: string, about: object): Promise<void> {
  const url = new URL(`/demo/${change}`, world.qtspUrl).href;
  const headers = { 'content-type': 'application/json' };
  const answer = await world.connect().send({ method: 'POST', url, headers, body: JSON.stringify(about) });
  if (answer.status !== 204) throw new StepFailure(`204 from ${url}`, `${answer.status} ${answer.statusText}`, answer);
}
