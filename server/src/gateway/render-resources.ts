import type { BankAccount, BankBalance, BankTransaction } from '../bank/bank.js';

const href = (path: string) => ({ href: path });

/** HalAccounts of STET 1.5; `base` is the path of the API with brand and version. */
export function renderAccounts(base: string, accounts: readonly BankAccount[]): object {
  return {
    accounts: accounts.map((account) => ({
      ...account,
      _links: {
        balances: href(`${base}/accounts/${account.resourceId}/balances`),
        transactions: href(`${base}/accounts/${account.resourceId}/transactions`),
      },
    })),
    _links: { self: href(`${base}/accounts`) },
  };
}

/** HalBalances of STET 1.5. */
export function renderBalances(base: string, resourceId: string, balances: readonly BankBalance[]): object {
  const account = `${base}/accounts/${resourceId}`;
  return {
    balances,
    _links: {
      self: href(`${account}/balances`),
      'parent-list': href(`${base}/accounts`),
      transactions: href(`${account}/transactions`),
    },
  };
}

export interface TransactionPage {
  readonly transactions: readonly BankTransaction[];
  readonly page: number;
  readonly pages: number;
  /** The other query parameters, kept on every link. */
  readonly query: string;
}

/** HalTransactions of STET 1.5; pages are numbered from 1. */
export function renderTransactions(base: string, resourceId: string, result: TransactionPage): object {
  const account = `${base}/accounts/${resourceId}`;
  const at = (page: number) =>
    href(`${account}/transactions?${result.query === '' ? '' : `${result.query}&`}page=${page}`);
  return {
    transactions: result.transactions,
    _links: {
      self: at(result.page),
      'parent-list': href(`${base}/accounts`),
      balances: href(`${account}/balances`),
      first: at(1),
      last: at(result.pages),
      ...(result.page < result.pages ? { next: at(result.page + 1) } : {}),
      ...(result.page > 1 ? { prev: at(result.page - 1) } : {}),
    },
  };
}
