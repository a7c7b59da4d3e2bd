import type { Database } from './database.js';

/**
 * Says once, at the first start, whether a store is a demonstration's, and answers whether it is this installation's. Grants and tokens of
 * invented customers name them as a real bank may name its own: a store is never both, whoever starts on it first.
 */
export async function claimStore(database: Database, { demo }: { readonly demo: boolean }): Promise<boolean> {
  await database.query('insert into store_purpose (demo) values ($1) on conflict do nothing', [demo]);
  const [purpose] = await database.query<{ demo: boolean }>('select demo from store_purpose');
  return purpose?.demo === demo;
}
