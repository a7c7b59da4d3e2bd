import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendOverTls } from '../material/send-over-tls.js';
import { type RunningBank, startBank } from '../material/start-bank.js';
import { findPostgresql } from '../material/start-postgresql.js';

let bank: RunningBank;

beforeAll(async () => {
  bank = await startBank({});
});

afterAll(() => bank?.stop());

const locked = `select 1 as one from pg_locks where mode = 'AccessExclusiveLock' and granted and relation = 'client'::regclass`;

async function untilLocked(): Promise<void> {
  while ((await bank.read(locked)).length === 0);
}

// On the embedded store all work waits in one line: there is no pool to be used up.
describe.skipIf(findPostgresql() === undefined)('a pool of which every connection waits', () => {
  it('D11: answers 503 with Retry-After instead of waiting, and everything again once there is room', async () => {
    const address = `${bank.addresses.web}/demo-bank/oauth2/en/authorize?client_id=nobody`;
    const ask = () => sendOverTls({ method: 'GET', url: address, ca: bank.ca, from: '127.0.0.2' });
    const usual = await ask();
    const holding = bank.read('do $$ begin lock table client in access exclusive mode; perform pg_sleep(4); end $$');
    await untilLocked();
    const answers = await Promise.all(Array.from({ length: 16 }, ask));
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    for (const { headers } of busy) expect(headers['retry-after']).toBe('1');
    await holding;
    expect((await ask()).status).toBe(usual.status);
  });
});
