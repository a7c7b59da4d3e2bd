import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4_096);
const perUuid = 10;
let used = pool.length;

/** A UUID version 7 (RFC 9562 section 5.7): ordered by `now`, 74 random bits. */
export function createUuid(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  const random = takeRandomHex();
  const variant = '89ab'[Number.parseInt(random.slice(3, 4), 16) & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

/** Random bytes are dear one by one and cheap by the thousand; none is used twice. */
function takeRandomHex(): string {
  if (used + perUuid > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += perUuid;
  return pool.toString('hex', used - perUuid, used);
}
