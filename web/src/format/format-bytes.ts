import type { Texts } from '../texts/texts.js';

/** A size given in bytes, in the page's words: 65536 is "64 KiB". */
export function formatBytes(bytes: number, texts: Texts): string {
  return texts.registration.kibibytes.replace('{count}', String(Math.floor(bytes / 1024)));
}
