import type { SigningKey } from '../../core/src/signature/sign-request.js';
import { signRequest } from '../../tpp/src/signature/sign-request.js';
import type { PolicyBank, RegistrationRequest } from './policy-bank.js';
import type { TlsAnswer } from './send-over-tls.js';

/** What of a signed request is not as it should be. */
export interface SignedChange {
  /** Headers before they are signed, and after. */
  readonly given?: Readonly<Record<string, string>>;
  readonly altered?: Readonly<Record<string, string>>;
  readonly write?: (signature: string) => string;
  /** The body that is sent in the place of the one that was signed. */
  readonly sent?: object;
  readonly at?: Date;
}

/** A request about registrations with the signature of a key, right but for the change. */
export function sendSigned(
  { bank, send }: PolicyBank,
  request: RegistrationRequest & { readonly key: SigningKey },
  change: SignedChange = {},
): Promise<TlsAnswer> {
  const { method = 'POST', brand = 'demo-bank', path = '', body } = request;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const url = `${bank.addresses.api}/${brand}/oauth2/registrations${path}`;
  const unsigned = { method, url, body: Buffer.from(text), headers: { ...change.given } };
  const { headers } = signRequest(unsigned, request.key, change.at ?? new Date());
  const signature = change.write?.(headers['signature'] ?? '') ?? headers['signature'] ?? '';
  const sent = change.sent === undefined ? text : JSON.stringify(change.sent);
  return send({ ...request, body: sent, headers: { ...headers, signature, ...change.altered } });
}
