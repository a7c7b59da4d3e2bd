import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import { refusalStatus } from './refusal-status.js';

/** The HTTP status of a refusal that is answered as a page: 401 asks by a challenge, and a browser has no answer to one. */
export function pageStatusOf(code: RefusalCode): number {
  const { status } = refusalStatus[code];
  return status === 401 ? 400 : status;
}
