import { type HttpAnswer, isJsonObject, readJsonObject, readText } from '../http/http-answer.js';
import { callApi } from './call-api.js';
import { describeExchange } from './describe-exchange.js';
import { need } from './facts.js';
import type { Step } from './step.js';
import { StepFailure } from './step-failure.js';
import { refreshStep } from './steps-authorization.js';

const readAccounts: Step['run'] = async (world, facts) => {
  const answer = await callApi(world, facts, { path: '/accounts' });
  const ids = readList(answer, 'accounts').flatMap((account) => readText(account, 'resourceId') ?? []);
  const [accountId] = ids;
  if (accountId === undefined) throw new StepFailure('at least one account', 'none', answer);
  return { ...describeExchange(answer), evidence: [`${ids.length} accounts: ${ids.join(', ')}`], facts: { accountId } };
};

/** Signed calls with the first token, then refresh, then a call with the new one. */
export const accountSteps: readonly Step[] = [
  { id: 'accounts', title: 'Read the accounts with a signed request', run: readAccounts },
  {
    id: 'balances',
    title: 'Read the balances of an account',
    run: async (world, facts) => {
      const answer = await callApi(world, facts, { path: `/accounts/${need(facts, 'accountId')}/balances` });
      const balances = readList(answer, 'balances');
      if (balances.length === 0) throw new StepFailure('at least one balance', 'none', answer);
      const types = balances.map((balance) => readText(balance, 'balanceType') ?? 'unnamed');
      return { ...describeExchange(answer), evidence: [`${balances.length} balances: ${types.join(', ')}`] };
    },
  },
  {
    id: 'transactions',
    title: 'Read the transactions of an account',
    run: async (world, facts) => {
      const answer = await callApi(world, facts, { path: `/accounts/${need(facts, 'accountId')}/transactions` });
      const transactions = readList(answer, 'transactions');
      if (transactions.length === 0) throw new StepFailure('at least one transaction', 'none', answer);
      return { ...describeExchange(answer), evidence: [`${transactions.length} transactions`] };
    },
  },
  refreshStep,
  { id: 'accounts-after-refresh', title: 'Read the accounts with the new token', run: readAccounts },
];

function readList(answer: HttpAnswer, name: string) {
  const list = answer.status === 200 ? readJsonObject(answer)?.[name] : undefined;
  if (!Array.isArray(list))
    throw new StepFailure(`200 with a list of ${name}`, `${answer.status} ${answer.statusText}`, answer);
  return list.filter(isJsonObject);
}
