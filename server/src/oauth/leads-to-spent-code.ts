import { hashSecret } from '../http/secret.js';
import { readCode } from '../store/codes.js';
import type { Sql } from '../store/database.js';

/** Whether an address brings the third party a code that works no more: it must not be given again. */
export async function leadsToSpentCode(sql: Sql, address: string, now: Date): Promise<boolean> {
  const query = address.includes('?') ? address.slice(address.indexOf('?')) : '';
  // The registered address may have parameters of its own, which stand before ours.
  const text = new URLSearchParams(query).getAll('code').at(-1);
  if (text === undefined) return false;
  const code = await readCode(sql, hashSecret(text));
  return code !== undefined && (code.used || code.expiresAt <= now);
}
