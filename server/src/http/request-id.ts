/** Whether a request's X-Request-Id may be sent back in its answer: up to 70 visible characters of ASCII. */
export function isRequestId(value: string): boolean {
  return /^[\x21-\x7e]{1,70}$/.test(value);
}
