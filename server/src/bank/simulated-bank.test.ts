import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Realm } from '../realm.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { openEmbedded } from '../store/open-embedded.js';
import { readSimulatedMessages } from '../store/simulated-messages.js';
import { createSimulatedBank, hashDemoPasswords } from './simulated-bank.js';

const realm: Realm = {
  brand: { id: 'demo-bank', name: { fr: 'Banque Démo', en: 'Demo Bank' } },
  environment: 'production',
  bank: 'simulated',
  prefix: '/demo-bank',
  issuer: 'https://api.bank.example/demo-bank',
  apiUrl: 'https://api.bank.example',
  webUrl: 'https://www.bank.example',
};
const now = new Date('2026-11-22T10:30:00Z');
const passwords = hashDemoPasswords();
let database: Database;

const bankAt = (at: Date, of = realm) => createSimulatedBank({ realm: of, database, clock: () => at, passwords });

beforeAll(async () => {
  database = await openEmbedded(undefined);
  await migrate(database);
});
afterAll(() => database.close());

describe('the simulated bank', () => {
  it('knows its customers by user name and password', async () => {
    const bank = bankAt(now);
    expect(await bank.authenticate(' Camille', 'camille-demo')).toEqual({
      psu: 'camille',
      name: 'Camille Aubrac',
      messageDestination: '•• •• •• •• 42',
    });
    expect(await bank.authenticate('camille', 'noam-demo')).toBeUndefined();
    expect(await bank.authenticate('nobody', 'camille-demo')).toBeUndefined();
    expect(await bank.authenticate('__proto__', '')).toBeUndefined();
  });

  it('gives camille two current accounts and a card, with IBANs that check', async () => {
    const accounts = await bankAt(now).accounts('camille');
    expect(accounts.map(({ cashAccountType }) => cashAccountType)).toEqual(['CACC', 'CACC', 'CARD']);
    for (const { accountId } of accounts) {
      if (!('iban' in accountId)) continue;
      expect(accountId.iban).toMatch(/^FR\d{25}$/);
      const digits = `${accountId.iban.slice(4)}1527${accountId.iban.slice(2, 4)}`;
      expect(BigInt(digits) % 97n).toBe(1n);
    }
    expect(accounts[2]?.linkedAccount).toBe(accounts[0]?.resourceId);
  });

  it('gives each brand and environment accounts of its own', async () => {
    const [one] = await bankAt(now).accounts('camille');
    const [other] = await bankAt(now, { ...realm, environment: 'sandbox', prefix: '/sandbox/demo-bank' }).accounts(
      'camille',
    );
    expect(other?.resourceId).not.toBe(one?.resourceId);
  });

  it('tells the same story on every day', async () => {
    const [account] = await bankAt(now).accounts('camille');
    const key = ['camille', account?.resourceId ?? ''] as const;
    const range = { from: new Date('2026-09-01T00:00:00Z'), until: new Date('2026-10-01T00:00:00Z') };
    const september = await bankAt(now).transactions(...key, range);
    expect(september?.length).toBeGreaterThan(5);
    expect(await bankAt(new Date('2027-03-01T00:00:00Z')).transactions(...key, range)).toEqual(september);
  });

  it('keeps balances that follow from the transactions', async () => {
    const [account] = await bankAt(now).accounts('camille');
    const key = ['camille', account?.resourceId ?? ''] as const;
    const closing = async (at: string) =>
      (await bankAt(new Date(at)).balances(...key))?.find(({ balanceType }) => balanceType === 'CLBD')?.balanceAmount
        .amount ?? 0;
    const between = { from: new Date('2026-10-16T00:00:00Z'), until: new Date('2026-11-23T00:00:00Z') };
    const booked = (await bankAt(now).transactions(...key, between))?.filter(({ status }) => status === 'BOOK') ?? [];
    const moved = booked.reduce(
      (sum, { transactionAmount, creditDebitIndicator }) =>
        sum + Math.round(transactionAmount.amount * 100) * (creditDebitIndicator === 'CRDT' ? 1 : -1),
      0,
    );
    expect(
      Math.round((await closing('2026-11-22T10:30:00Z')) * 100) -
        Math.round((await closing('2026-10-15T10:30:00Z')) * 100),
    ).toBe(moved);
  });

  it('shows 24 months, newest first, amounts absolute, with a date of booking each', async () => {
    for (const { resourceId } of await bankAt(now).accounts('camille')) {
      const all = (await bankAt(now).transactions('camille', resourceId, {})) ?? [];
      expect(all.length).toBeGreaterThan(24);
      const references = all.map(({ entryReference }) => entryReference);
      expect([...references].sort().reverse()).toEqual(references);
      expect(new Set(all.map((transaction) => transaction.resourceId)).size).toBe(all.length);
      for (const { transactionAmount, bookingDate, expectedBookingDate } of all) {
        expect(transactionAmount.amount).toBeGreaterThan(0);
        expect(bookingDate ?? expectedBookingDate).toMatch(/^\d{4}-\d{2}-\d{2}T00:00:00\.000Z$/);
      }
    }
  });

  it('keeps accounts of others apart', async () => {
    const bank = bankAt(now);
    const [account] = await bank.accounts('camille');
    const key = ['noam', account?.resourceId ?? ''] as const;
    expect(await bank.balances(...key)).toEqual([]);
    expect(await bank.transactions(...key, {})).toEqual([]);
    expect(await bank.accounts('nobody')).toEqual([]);
  });

  it('sends messages to the phone, where they stay for an hour', async () => {
    await bankAt(new Date('2026-11-22T09:00:00Z')).sendMessage('camille', 'old');
    await bankAt(now).sendMessage('camille', 'one');
    await bankAt(new Date('2026-11-22T10:31:00Z')).sendMessage('camille', 'two');
    const messages = await readSimulatedMessages(
      database,
      { brand: 'demo-bank', environment: 'production', psu: 'camille' },
      10,
    );
    expect(messages.map(({ text }) => text)).toEqual(['two', 'one']);
  });
});
