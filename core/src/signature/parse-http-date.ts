const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const fixdate = /^([A-Z][a-z]{2}), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

/** Reads an IMF-fixdate (RFC 9110, 5.6.7), the only form that STET clients send; undefined for anything else, a wrong weekday included. */
export function parseHttpDate(text: string): Date | undefined {
  // Many requests of the same second carry the same text.
  if (text !== lastText) {
    lastTime = readTime(text);
    lastText = text;
  }
  return lastTime === undefined ? undefined : new Date(lastTime);
}

let lastText = '';
let lastTime: number | undefined;

/** Milliseconds since 1970. */
function readTime(text: string): number | undefined {
  const [, weekday, day, month = '', year, ...clock] = fixdate.exec(text) ?? [];
  const [hour = 24, minute = 60, second = 60] = clock.map(Number);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(Date.UTC(Number(year), months.indexOf(month), Number(day), hour, minute, second));
  const sameDay = date.getUTCFullYear() === Number(year) && date.getUTCDate() === Number(day);
  return sameDay && days[date.getUTCDay()] === weekday && months[date.getUTCMonth()] === month
    ? date.getTime()
    : undefined;
}

/** Writes an IMF-fixdate (RFC 9110, 5.6.7); undefined when the year does not fit four digits. */
export function renderHttpDate(date: Date): string | undefined {
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${String(year).padStart(4, '0')}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT`;
}
