import type { ClientSearchView } from '@postern/web/views/client-standing-view.js';
import type { ClientSought } from './console-desk.js';

/** What was asked for: registrations to find, or what is wrong with it. */
export type ParsedSought =
  | { readonly sought: ClientSought }
  | { readonly problem: NonNullable<ClientSearchView['problem']> };

const clientIdForm = /^[0-9a-f]{40}$/;
/** No control characters, nothing that cannot be seen. */
const identifierForm = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}]{1,254}$/u;

/** Whether this is a client_id. */
export function isClientId(text: string): boolean {
  return clientIdForm.test(text);
}

/** Reads what names registrations exactly: a client_id, and everything else as the identifier of an organisation. */
export function parseSought(typed: string): ParsedSought {
  const text = typed.trim();
  if (text === '') return { problem: 'sought-missing' };
  if (isClientId(text)) return { sought: { clientId: text } };
  return identifierForm.test(text) ? { sought: { organizationIdentifier: text } } : { problem: 'sought-unreadable' };
}
