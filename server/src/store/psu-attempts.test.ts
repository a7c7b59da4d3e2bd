import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { type OauthWorld, openOauthWorld } from '../../../tests/material/oauth-world.js';
import { type Attempter, isBlocked, mostFailures, releasePassword, reserveAttempt } from './psu-attempts.js';

const now = new Date('2026-11-22T10:00:00Z');

describe.each(eachStore)('attempts at the password of a PSU, on %s', (_kind, open) => {
  let world: OauthWorld;

  beforeAll(async () => {
    world = await openOauthWorld(open);
  }, 60_000);
  afterAll(() => world.close());

  const attempter = (psu: string, source: string, more: Partial<Attempter> = {}): Attempter => ({
    brand: 'demo-bank',
    environment: 'production',
    psu,
    source,
    ...more,
  });
  const attempt = (by: Attempter) => reserveAttempt(world.database, { attempter: by, attempted: 'password' }, now);
  const useUp = async (by: Attempter) => {
    for (let times = 0; times < mostFailures; times += 1) expect(await attempt(by)).toBe(true);
    expect(await attempt(by)).toBe(false);
  };

  it('are five from one source; those from another, of another user and of the sandbox are others', async () => {
    await useUp(attempter('one', '192.0.2.1'));
    expect(await attempt(attempter('one', '192.0.2.2'))).toBe(true);
    expect(await attempt(attempter('two', '192.0.2.1'))).toBe(true);
    expect(await attempt(attempter('one', '192.0.2.1', { environment: 'sandbox' }))).toBe(true);
    expect(await attempt(attempter('one', '192.0.2.1', { brand: 'second-bank' }))).toBe(true);
  });

  it('are five times as many from all sources together, and no more', async () => {
    for (let source = 1; source <= 5; source += 1) await useUp(attempter('three', `192.0.2.${source}`));
    const next = attempter('three', '192.0.2.6');
    expect(await isBlocked(world.database, { attempter: next, attempted: 'password' }, now)).toBe(true);
    expect(await attempt(next)).toBe(false);
  });

  it('are taken back by the right one', async () => {
    const by = attempter('four', '192.0.2.1');
    for (let times = 0; times < 3 * mostFailures; times += 1) {
      expect(await attempt(by)).toBe(true);
      await releasePassword(world.database, by);
    }
  });
});
