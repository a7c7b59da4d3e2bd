import { randomBytes } from 'node:crypto';

const randomDigits = 20;
let pool = '';
let used = 0;
let lastTime = Number.NaN;
let timePart = '';

/** A UUID version 7 (RFC 9562 section 5.7): ordered by `now`, 74 random bits. */
export function createUuid(now: Date): string {
  const random = takeRandomDigits();
  const variant = '89ab'[Number.parseInt(random.slice(3, 4), 16) & 3];
  return `${renderTime(now.getTime())}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

/** Whether a text is a UUID as we write them: in lower case. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function renderTime(time: number): string {
  if (time === lastTime) return timePart;
  const digits = time.toString(16).padStart(12, '0');
  lastTime = time;
  timePart = `${digits.slice(0, 8)}-${digits.slice(8)}`;
  return timePart;
}

/** Random digits are dear one by one and cheap by the thousand; none is used twice. */
function takeRandomDigits(): string {
  if (used + randomDigits > pool.length) {
    pool = randomBytes(4_000).toString('hex');
    used = 0;
  }
  used += randomDigits;
  return pool.slice(used - randomDigits, used);
}
