import type { Realm } from '../realm.js';
import type { Database } from '../store/database.js';
import { insertSimulatedMessage } from '../store/simulated-messages.js';
import type { Bank, BankAccount, Customer } from './bank.js';
import { type DemoAccount, type DemoCustomer, demoCustomers } from './demo-customers.js';
import { createDemoLedger, type DemoLedger } from './demo-ledger.js';
import { frenchIban } from './french-iban.js';
import { seededDigits, seededId } from './seed.js';
import { hashPassword, type PasswordHash, verifyPassword } from './verify-password.js';

export interface SimulatedBankOptions {
  readonly realm: Realm;
  readonly database: Database;
  readonly clock: () => Date;
  /** Made once for all brands: the customers have the same passwords everywhere. */
  readonly passwords: Promise<ReadonlyMap<string, PasswordHash>>;
}

/** A bank whose customers, accounts and transactions are invented, and the same for the same day and brand. */
export interface SimulatedBank extends Bank {
  /** What the sign-in page may tell: these customers do not exist. */
  readonly demoUsers: readonly { readonly user: string; readonly password: string; readonly name: string }[];
}

interface Book {
  readonly account: BankAccount;
  readonly ledger: DemoLedger;
}

/** The hashes of the invented customers' passwords, made when the server starts. */
export async function hashDemoPasswords(): Promise<ReadonlyMap<string, PasswordHash>> {
  return new Map(
    await Promise.all(demoCustomers.map(async ({ user, password }) => [user, await hashPassword(password)] as const)),
  );
}

export function createSimulatedBank({ realm, database, clock, passwords }: SimulatedBankOptions): SimulatedBank {
  const customers = new Map(demoCustomers.map((customer) => [customer.user, toCustomer(customer)]));
  const books = new Map(demoCustomers.map((customer) => [customer.user, openBooks(realm, customer)]));
  const find = (psu: string, resourceId: string) =>
    books.get(psu)?.find(({ account }) => account.resourceId === resourceId);
  return {
    demoUsers: demoCustomers.map(({ user, password, name }) => ({ user, password, name })),
    authenticate: async (typed, password) => {
      const user = typed.trim().toLowerCase();
      const isRight = await verifyPassword(password, (await passwords).get(user));
      return isRight ? customers.get(user) : undefined;
    },
    readCustomer: async (psu) => customers.get(psu),
    sendMessage: (psu, text) =>
      database.transaction((sql) =>
        insertSimulatedMessage(sql, {
          brand: realm.brand.id,
          environment: realm.environment,
          psu,
          sentAt: clock(),
          text,
        }),
      ),
    accounts: async (psu) => (books.get(psu) ?? []).map(({ account }) => account),
    balances: async (psu, resourceId) => find(psu, resourceId)?.ledger.balances(clock()) ?? [],
    transactions: async (psu, resourceId, range) => find(psu, resourceId)?.ledger.transactions(range, clock()) ?? [],
  };
}

function toCustomer({ user, name, phoneEnding }: DemoCustomer): Customer {
  return { psu: user, name, messageDestination: `•• •• •• •• ${phoneEnding}` };
}

function openBooks(realm: Realm, customer: DemoCustomer): readonly Book[] {
  const seedOf = (id: string) => `${realm.prefix}/${customer.user}/${id}`;
  const cards = customer.accounts
    .filter(({ kind }) => kind === 'CARD')
    .map((account) => ({ demo: account, ledger: createDemoLedger(account, seedOf(account.id)) }));
  return customer.accounts.map((account) => {
    const card = cards.find(({ demo }) =>
      account.kind === 'CARD' ? demo.id === account.id : demo.linkedTo === account.id,
    );
    const ledger =
      account.kind === 'CARD' && card !== undefined
        ? card.ledger
        : createDemoLedger(account, seedOf(account.id), card?.ledger);
    return { account: toAccount(account, seedOf), ledger };
  });
}

function toAccount(account: DemoAccount, seedOf: (id: string) => string): BankAccount {
  const seed = seedOf(account.id);
  const currency = 'EUR';
  const iban = () =>
    frenchIban({ bank: '99998', branch: seededDigits(5, seed, 'branch'), account: seededDigits(11, seed, 'account') });
  return {
    resourceId: seededId(seed, 'account'),
    bicFi: 'XXXXFRPPXXX',
    accountId:
      account.kind === 'CARD'
        ? { other: { identification: `XXXXXXXXXXXX${seededDigits(4, seed, 'card')}`, schemeName: 'MPAN' }, currency }
        : { iban: iban(), currency },
    name: account.name,
    usage: account.usage,
    cashAccountType: account.kind,
    ...(account.linkedTo === undefined ? {} : { linkedAccount: seededId(seedOf(account.linkedTo), 'account') }),
    product: account.product,
    currency,
    psuStatus: 'Account Holder',
  };
}
