import { Refusal } from '@postern/core/refusal/refusal.js';
import type { AccountDirectory } from '../bank/bank.js';
import type { AccountGrant } from './admit-call.js';
import { parseTransactionQuery } from './parse-transaction-query.js';
import { renderAccounts, renderBalances, renderTransactions } from './render-resources.js';

/** What a read needs besides the grant: where the API stands, and the bank behind it. */
export interface ResourcePlace {
  readonly base: string;
  readonly bank: AccountDirectory;
  readonly now: Date;
}

export const transactionsPerPage = 100;

/** The accounts that the PSU chose to show, and no other; undefined when none is left. */
export async function readAccounts(grant: AccountGrant, { base, bank }: ResourcePlace): Promise<object | undefined> {
  const accounts = (await bank.accounts(grant.psu)).filter(({ resourceId }) => grant.accounts.includes(resourceId));
  return accounts.length === 0 ? undefined : renderAccounts(base, accounts);
}

/** The balances of one granted account. */
export async function readBalances(grant: AccountGrant, resourceId: string, place: ResourcePlace): Promise<object> {
  requireGranted(grant, resourceId);
  return renderBalances(place.base, resourceId, await place.bank.balances(grant.psu, resourceId));
}

/** One page of the transactions of one granted account; undefined when there are none. */
export async function readTransactions(
  grant: AccountGrant,
  asked: { resourceId: string; query: string },
  place: ResourcePlace,
): Promise<object | undefined> {
  requireGranted(grant, asked.resourceId);
  const { range, page, query } = parseTransactionQuery(
    asked.query,
    place.now,
    grant.scope.has('extended_transaction_history'),
  );
  const all = await place.bank.transactions(grant.psu, asked.resourceId, range);
  const pages = Math.max(1, Math.ceil(all.length / transactionsPerPage));
  if (page > pages) throw new Refusal('RESOURCE_NOT_FOUND', `There are ${pages} pages.`);
  const transactions = all.slice((page - 1) * transactionsPerPage, page * transactionsPerPage);
  return transactions.length === 0
    ? undefined
    : renderTransactions(place.base, asked.resourceId, { transactions, page, pages, query });
}

/** An account outside the grant is answered as one that does not exist. */
function requireGranted(grant: AccountGrant, resourceId: string): void {
  if (!grant.accounts.includes(resourceId)) {
    throw new Refusal('RESOURCE_NOT_FOUND', 'The grant does not cover an account with this resourceId.');
  }
}
