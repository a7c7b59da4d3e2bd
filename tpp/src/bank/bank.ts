import { trimEndCharacters } from '@postern/core/text/trim-characters.js';

/** One brand of a bank in one environment, as its address on the api listener. */
export interface Bank {
  /** Origin of the api listener, e.g. https://localhost:8443. */
  readonly apiUrl: string;
  readonly brand: string;
  readonly environment: Environment;
  /** Version of the open-banking API; versions are the bank's own. */
  readonly apiVersion: string;
}

export type Environment = 'production' | 'sandbox';

/** The issuer identifier (RFC 8414), which is also the base of every address of the brand. */
export function issuerOf({ apiUrl, brand, environment }: Bank): string {
  const prefix = environment === 'sandbox' ? '/sandbox' : '';
  return `${trimEndCharacters(apiUrl, '/')}${prefix}/${encodeURIComponent(brand)}`;
}

/** The registrations endpoint (RFC 7591), or one registration (RFC 7592). */
export function registrationAddress(bank: Bank, clientId?: string): string {
  const base = `${issuerOf(bank)}/oauth2/registrations`;
  return clientId === undefined ? base : `${base}/${encodeURIComponent(clientId)}`;
}

/** A resource of the open-banking API; `path` begins with a slash. */
export function resourceAddress(bank: Bank, path: string): string {
  return `${issuerOf(bank)}/stet-psd2-api/${bank.apiVersion}${path}`;
}

/** What the bank thinks of the certificate that is presented. */
export function certificateCheckAddress(bank: Bank): string {
  return `${issuerOf(bank)}/certificate-check`;
}

/** The authorization server's metadata (RFC 8414 section 3). */
export function metadataAddress(bank: Bank): string {
  const issuer = new URL(issuerOf(bank));
  return `${issuer.origin}/.well-known/oauth-authorization-server${issuer.pathname}`;
}
