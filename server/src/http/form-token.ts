import { randomBytes } from 'node:crypto';
import { isSame, keyedText } from './keyed-text.js';

/**
 * The token in a form that only our own page in one browser has: of this place, under the browser's secret, and of this showing of
 * the page, so that a form that is sent twice can be told from two forms that say the same.
 */
export function createFormToken(secret: string, place: string): string {
  const showing = createShowing();
  return `${showing}.${sign({ secret, place, showing })}`;
}

/** Whether a token is one of that place under that secret. */
export function isFormToken(secret: string, place: string, token: string): boolean {
  const [showing = '', signature = '', ...more] = token.split('.');
  return more.length === 0 && isShowing(showing) && isSame(sign({ secret, place, showing }), signature);
}

/** The token of a form that everybody may send: it only tells one showing of the page from another. */
export function createShowing(): string {
  return randomBytes(16).toString('base64url');
}

/** Whether a text can be a form's token: one that nobody else can know. */
export function isGuessless(token: string): boolean {
  return isShowing(token.split('.')[0] ?? '') && token.length <= 100;
}

function isShowing(text: string): boolean {
  return /^[\w-]{22}$/.test(text);
}

function sign({ secret, place, showing }: { secret: string; place: string; showing: string }): string {
  return keyedText(secret, `form ${place} ${showing}`);
}
