import { type JsonObject, readText } from '../http/http-answer.js';
import { readPemCertificates, thumbprintOf } from '../keys/pem-certificates.js';
import { UsageFault } from '../profile/usage-fault.js';
import { readKeys } from './read-keys.js';

/** What a developer wants otherwise; what is not named stays as it is. */
export interface WantedChanges {
  readonly clientName?: string;
  /** In the place of all that are registered. */
  readonly redirectUris?: readonly string[];
  readonly scope?: string;
  readonly contacts?: readonly string[];
  /** PEM of a QSealC with all its issuers. */
  readonly addKey?: string;
  /** kid of the key to end. */
  readonly removeKey?: string;
}

/** The metadata to send, and what differs from before in one line each. */
export interface ChangedRegistration {
  readonly metadata: JsonObject;
  readonly changes: readonly string[];
}

/** Applies changes to a registration as it was read; throws UsageFault for a key that is not there, or there already. */
export function applyChanges(registration: JsonObject, wanted: WantedChanges): ChangedRegistration {
  const members: Readonly<Record<string, unknown>> = {
    ...(wanted.clientName === undefined ? {} : { client_name: wanted.clientName }),
    ...(wanted.redirectUris === undefined ? {} : { redirect_uris: wanted.redirectUris }),
    ...(wanted.scope === undefined ? {} : withScope(registration, wanted.scope)),
    ...(wanted.contacts === undefined ? {} : { contacts: wanted.contacts }),
  };
  const keys = changeKeys(readKeys(registration), wanted);
  const changes = Object.entries(members)
    .filter(([name, value]) => render(registration[name]) !== render(value))
    .map(([name, value]) => `${name}: ${render(registration[name])} → ${render(value)}`);
  return {
    metadata: { ...registration, ...members, jwks: { keys: keys.all } },
    changes: [...changes, ...keys.changes],
  };
}

/** Grant and response types follow from the scope: without them the bank fills in what fits the new one. */
function withScope(registration: JsonObject, scope: string): Readonly<Record<string, unknown>> {
  return registration['scope'] === scope ? {} : { scope, grant_types: null, response_types: null };
}

function changeKeys(keys: readonly JsonObject[], { addKey, removeKey }: WantedChanges) {
  const added = addKey === undefined ? [] : [jwkOf(addKey, keys)];
  const kids = keys.map((key) => readText(key, 'kid') ?? '');
  if (removeKey !== undefined && !kids.includes(removeKey)) {
    throw new UsageFault(`--remove-key: the registration has no key ${removeKey}; it has ${kids.join(', ') || 'none'}`);
  }
  return {
    all: [...keys.filter((key) => readText(key, 'kid') !== removeKey), ...added.map(({ jwk }) => jwk)],
    changes: [
      ...(removeKey === undefined ? [] : [`key removed: ${removeKey}`]),
      ...added.map(({ kid }) => `key added: ${kid}`),
    ],
  };
}

function jwkOf(pem: string, keys: readonly JsonObject[]) {
  const path = readPemCertificates(pem);
  const kid = thumbprintOf(path[0] ?? Buffer.of());
  if (keys.some((key) => readText(key, 'kid') === kid))
    throw new UsageFault(`--add-key: the certificate is registered already, as ${kid}`);
  return { kid, jwk: { kty: 'RSA', x5c: path.map((der) => der.toString('base64')) } };
}

function render(value: unknown): string {
  if (value === null) return 'as it follows from the scope';
  return Array.isArray(value) ? value.join(' ') : String(value ?? 'none');
}
