import { Refusal } from '@postern/core/refusal/refusal.js';

/** Refuses a request whose Content-Type is not `expected` (parameters other than charset=utf-8 are refused too). */
export function requireMediaType(contentType: string | undefined, expected: string): void {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const isPlain = parameters.every((parameter) => parameter === 'charset=utf-8' || parameter === 'charset="utf-8"');
  if (type !== expected || !isPlain) {
    throw new Refusal('MEDIA_TYPE_UNSUPPORTED', `The body must be sent as Content-Type: ${expected}, in UTF-8.`);
  }
}
