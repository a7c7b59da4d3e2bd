import { describe, expect, it } from 'vitest';
import { codesOf, type OpenapiDocument, operationsOf, validatorOf } from '../../../tests/material/openapi-document.js';
import type { BankAccount, BankBalance, BankTransaction } from '../bank/bank.js';
import { renderAccounts, renderBalances, renderTransactions } from '../gateway/render-resources.js';
import { resourcePaths } from '../gateway/route.js';
import type { Realm } from '../realm.js';
import { describeAccounts } from './describe-accounts.js';
import { renderCollection } from './render-collection.js';

const realm: Realm = {
  brand: { id: 'a-bank', name: { fr: 'La Banque', en: 'The Bank' } },
  environment: 'production',
  bank: 'simulated',
  prefix: '/a-bank',
  issuer: 'https://api.bank.example/a-bank',
  apiUrl: 'https://api.bank.example',
  webUrl: 'https://www.bank.example',
};
const document = describeAccounts(realm, 'https://www.bank.example/errors') as unknown as OpenapiDocument;

const account: BankAccount = {
  resourceId: 'a1',
  bicFi: 'BANKFRPPXXX',
  accountId: { iban: 'FR7630004000031234567890143', currency: 'EUR' },
  name: 'Current',
  usage: 'PRIV',
  cashAccountType: 'CACC',
  product: 'Current account',
  currency: 'EUR',
  psuStatus: 'Account Holder',
};
const balance: BankBalance = {
  name: 'Booked',
  balanceAmount: { amount: 12.5, currency: 'EUR' },
  balanceType: 'CLBD',
  referenceDate: '2026-11-22T10:00:00+01:00',
};
const transaction: BankTransaction = {
  resourceId: 't1',
  entryReference: 'E1',
  transactionAmount: { amount: 3, currency: 'EUR' },
  creditDebitIndicator: 'DBIT',
  status: 'BOOK',
  bookingDate: '2026-11-20',
  transactionDate: '2026-11-20',
  remittanceInformation: { unstructured: ['Coffee'] },
};

describe('the document of account information', () => {
  it('describes the resources that the gateway serves, and no other', () => {
    const described = Object.keys(document.paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'));
    expect(described).toEqual([...resourcePaths]);
    expect([...operationsOf(document).keys()].every((name) => name.startsWith('GET '))).toBe(true);
  });

  it.each([
    ['Accounts', renderAccounts('/base', [account])],
    ['Balances', renderBalances('/base', 'a1', [balance])],
    ['Transactions', renderTransactions('/base', 'a1', { transactions: [transaction], page: 1, pages: 2, query: '' })],
  ])('describes %s as they are rendered', (schema, resource) => {
    const validator = validatorOf(document, { $ref: `#/components/schemas/${schema}` });
    expect(validator.safeParse(JSON.parse(JSON.stringify(resource))).error).toBeUndefined();
    expect(validator.safeParse({ [schema.toLowerCase()]: [{}], _links: {} }).success).toBe(false);
  });

  it('names no member that is never answered', () => {
    for (const [schema, one] of [
      ['Account', { ...account, linkedAccount: '', _links: {} }],
      ['Balance', balance],
      ['Transaction', { ...transaction, expectedBookingDate: '', valueDate: '' }],
    ] as const) {
      expect(Object.keys(document.components.schemas[schema]?.properties ?? {}).sort()).toEqual(
        Object.keys(one).sort(),
      );
    }
  });

  it('describes refusals in the form of the STET framework', () => {
    for (const operation of operationsOf(document).values()) {
      expect(codesOf(operation, 401)).toContain('SIGNATURE_INVALID');
      const examples = operation.responses['401']?.content?.['application/json']?.examples ?? {};
      const validator = validatorOf(document, { $ref: '#/components/schemas/Refusal' });
      for (const { value } of Object.values(examples)) expect(validator.safeParse(value).error).toBeUndefined();
    }
  });
});

describe('the collection', () => {
  it('has one request for each operation, without any secret', () => {
    const collection = renderCollection(document as never) as unknown as {
      readonly item: readonly { readonly request: { readonly url: { readonly raw: string } } }[];
      readonly variable: readonly { readonly value: string }[];
    };
    expect(collection.item.map(({ request }) => request.url.raw)).toEqual(
      resourcePaths.map((path) => `{{baseUrl}}${path}`),
    );
    expect(collection.variable[0]?.value).toBe('https://api.bank.example/a-bank/stet-psd2-api/v1');
    expect(JSON.stringify(collection)).not.toMatch(/PRIVATE KEY|Bearer ey/);
  });
});
