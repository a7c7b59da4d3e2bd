import { expect, it } from 'vitest';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { openEmbedded } from '../store/open-embedded.js';
import { createOneTimeLinks } from './one-time-links.js';

const now = new Date('2026-03-01T12:00:00Z');

it('announces a link again at once after the store has failed, and otherwise one at a time', async () => {
  const store = await openEmbedded(undefined);
  await migrate(store);
  let fails = true;
  const query: Database['query'] = (text, values) =>
    fails ? Promise.reject(new Error('the store fails')) : store.query(text, values);
  const announced: string[] = [];
  const announce = (link: string) => announced.push(link);
  const links = createOneTimeLinks({ database: { ...store, query }, publicUrl: 'https://console.example', announce });
  await expect(links.offer(now)).rejects.toThrow('the store fails');
  fails = false;
  await links.offer(now);
  await links.offer(now);
  expect(announced).toHaveLength(1);
  const secret = new URL(announced[0] ?? '').searchParams.get('link') ?? '';
  const spent = await Promise.all([links.spend(secret, now), links.spend(secret, now)]);
  expect(spent.sort()).toEqual([false, true]);
  await store.close();
});
