import { Refusal } from '@postern/core/refusal/refusal.js';

/** Throws Refusal CLIENT_SUSPENDED, which tells the third party why, while the bank has a registration suspended. */
export function requireActive({ suspension }: { readonly suspension?: string | undefined }): void {
  if (suspension !== undefined) throw suspended(suspension);
}

/** The same on the pages of payment service users, who are not told why: that is between the bank and the third party. */
export function requireActiveForUser({ suspension }: { readonly suspension?: string | undefined }): void {
  if (suspension === undefined) return;
  throw new Refusal('CLIENT_SUSPENDED', 'The bank has suspended the application that sent you here.');
}

/** The refusal of a registration that is suspended for that reason. */
export function suspended(reason: string): Refusal {
  return new Refusal('CLIENT_SUSPENDED', `The bank has suspended this registration: ${reason}`);
}
