const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const fixdate = /^([A-Z][a-z]{2}), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

/** Reads an IMF-fixdate (RFC 9110, 5.6.7), the only form that STET clients send; undefined for anything else, a wrong weekday included. */
export function parseHttpDate(text: string): Date | undefined {
  const match = fixdate.exec(text);
  if (match === null) return undefined;
  const [, , day, month = '', year, hour, minute, second] = match;
  const time = Date.UTC(Number(year), months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(time);
  return renderHttpDate(date) === text ? date : undefined;
}

/** Writes an IMF-fixdate (RFC 9110, 5.6.7); undefined when the year does not fit four digits. */
export function renderHttpDate(date: Date): string | undefined {
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return undefined;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${String(year).padStart(4, '0')}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} GMT`;
}
