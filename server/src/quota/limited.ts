import { Refusal } from '@postern/core/refusal/refusal.js';

/** The refusal of what was done too often lately: RATE_LIMITED, with the time to wait. */
export function limited(message: string, retryAfterSeconds: number): Refusal {
  return new Refusal('RATE_LIMITED', message, { retryAfterSeconds });
}

/** Throws Refusal RATE_LIMITED where there are seconds to wait. */
export function requireRoomNow(waitSeconds: number | undefined, message: string): void {
  if (waitSeconds !== undefined) throw limited(message, waitSeconds);
}
