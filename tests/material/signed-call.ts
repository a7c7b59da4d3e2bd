import { constants, type KeyObject, randomUUID, sign } from 'node:crypto';
import { parseHeaderList } from '../../core/src/signature/header-list.js';
import { renderHttpDate } from '../../core/src/signature/parse-http-date.js';
import { buildSigningString } from '../../core/src/signature/signing-string.js';

/** How a signed call differs from a good GET; header names are lower case. */
export interface CallChange {
  readonly method?: string;
  /** What is sent, and unless `signedTarget` says otherwise signed. */
  readonly target?: string;
  readonly signedTarget?: string;
  readonly token?: string;
  /** Headers as they are signed; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Header lines that are signed after all others, for repeats. */
  readonly more?: readonly (readonly [name: string, value: string])[];
  /** Headers as they are sent, where that differs from what was signed; undefined takes one away. */
  readonly altered?: Readonly<Record<string, string | undefined>>;
  /** Covered beside what every signature covers. */
  readonly cover?: readonly string[];
  /** All that is covered. */
  readonly covered?: readonly string[];
  readonly key?: KeyObject;
  readonly keyId?: string;
  /** Writes the Signature header, or leaves it out. */
  readonly write?: (parts: SignatureParts) => string | undefined;
}

/** What a Signature header is written from. */
export interface SignatureParts {
  readonly keyId: string;
  readonly headers: string;
  /** Base64. */
  readonly signature: string;
  readonly signingString: string;
}

/** Who calls, and what. */
export interface CallBase {
  readonly host: string;
  readonly target: string;
  readonly token: string;
  readonly key: KeyObject;
  readonly keyId: string;
}

export const alwaysCovered: readonly string[] = ['(request-target)', 'host', 'date', 'x-request-id'];

/** The Signature header as clients write it. */
export function writeSignature({ keyId, headers, signature }: SignatureParts): string {
  return `keyId="${keyId}",algorithm="rsa-sha256",headers="${headers}",signature="${signature}"`;
}

/** The bytes of a signed request (draft-cavage-http-signatures-12, rsa-sha256), right but for the change. */
export function writeSignedCall(base: CallBase, change: CallChange): string {
  const { method = 'GET', target = base.target } = change;
  const lines = signedLines(base, change);
  const covered = change.covered ?? [...alwaysCovered, ...(change.cover ?? [])];
  const headers = parseHeaderList(lines.flat());
  const signingString = buildSigningString({ method, target: change.signedTarget ?? target, headers }, covered);
  const padded = { key: change.key ?? base.key, padding: constants.RSA_PKCS1_PADDING };
  const signature = sign('sha256', Buffer.from(signingString, 'latin1'), padded).toString('base64');
  const parts = { keyId: change.keyId ?? base.keyId, headers: covered.join(' '), signature, signingString };
  const written = (change.write ?? writeSignature)(parts);
  const sent = [
    ...lines.flatMap(([name, value]) => alter(name, value, change.altered ?? {})),
    ...(written === undefined ? [] : [`Signature: ${written}`]),
  ];
  return `${[`${method} ${target} HTTP/1.1`, ...sent].join('\r\n')}\r\n\r\n`;
}

function signedLines(
  base: CallBase,
  { token = base.token, headers = {}, more = [] }: CallChange,
): readonly (readonly [string, string])[] {
  const all: Record<string, string | undefined> = {
    host: base.host,
    date: renderHttpDate(new Date()),
    'x-request-id': randomUUID(),
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'user-agent': 'postern-attack',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return [...lines, ...more];
}

function alter(name: string, value: string, altered: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (!(name in altered)) return [`${name}: ${value}`];
  return altered[name] === undefined ? [] : [`${name}: ${altered[name]}`];
}
