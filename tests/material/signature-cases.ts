import { createHash } from 'node:crypto';
import { alwaysCovered, type CallChange, type SignatureParts, writeSignature } from './signed-call.js';

/** A change of a good call; a function where it depends on the time at which it is sent. */
export type MadeChange = CallChange | (() => CallChange);

/** The address under which the key of these calls is registered beside its kid. */
export const x5u = 'https://tpp.example/certificates/seal.pem?v=1';
export const accounts = '/demo-bank/stet-psd2-api/v1/accounts';

const emptyDigest = (hash: 'sha256' | 'sha512') => createHash(hash).digest('base64');
/** The Date header of a time from now. */
export const dated = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();
const unixTime = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const withParameter = (text: string) => (parts: SignatureParts) => `${writeSignature(parts)},${text}`;

/** Names another algorithm than the one that was signed with. */
export function withAlgorithm(name: string) {
  return (parts: SignatureParts) => writeSignature(parts).replace('rsa-sha256', name);
}

const uncovered = (name: string) => ({ covered: alwaysCovered.filter((covered) => covered !== name) });

/** What, and how the call differs. */
export const acceptedCalls: readonly (readonly [string, MadeChange])[] = [
  ['the usual form', {}],
  ['more coverage, in another order', { covered: ['user-agent', 'accept', ...[...alwaysCovered].reverse()] }],
  ['no parameter algorithm', { write: (parts) => writeSignature(parts).replace('algorithm="rsa-sha256",', '') }],
  ['the algorithm in capitals', { write: (parts) => writeSignature(parts).replace('rsa-sha256', 'RSA-SHA256') }],
  ['spaces after the commas', { write: (parts) => writeSignature(parts).replaceAll('",', '", ') }],
  ['a kid without quotes', { write: (parts) => writeSignature(parts).replace(/keyId="([^"]*)"/, 'keyId=$1') }],
  ['a registered x5u', { keyId: x5u }],
  [
    'a registered x5u without quotes',
    { write: (parts) => writeSignature({ ...parts, keyId: x5u }).replace(/keyId="([^"]*)"/, 'keyId=$1') },
  ],
  ['the Digest of the empty body', { headers: { digest: `SHA-256=${emptyDigest('sha256')}` }, cover: ['digest'] }],
  [
    'S7: its algorithm in small letters',
    { headers: { digest: `sha-256=${emptyDigest('sha256')}` }, cover: ['digest'] },
  ],
  [
    'two Digests',
    { headers: { digest: `SHA-512=${emptyDigest('sha512')}, SHA-256=${emptyDigest('sha256')}` }, cover: ['digest'] },
  ],
  [
    'a Digest of an old algorithm beside',
    { headers: { digest: `MD5=1B2M2Y8AsgTpgAmY7PhCfg==,SHA-256=${emptyDigest('sha256')}` }, cover: ['digest'] },
  ],
  [
    'covered PSU headers',
    {
      headers: { 'psu-ip-address': '192.0.2.1', 'psu-user-agent': 'x' },
      cover: ['psu-ip-address', 'psu-user-agent'],
    },
  ],
  [
    'S13: a repeated header, joined',
    {
      more: [
        ['x-note', 'a'],
        ['x-note', 'b'],
      ],
      cover: ['x-note'],
    },
  ],
  ['S25: a Date almost five minutes old', () => ({ headers: { date: dated(-280) } })],
  ['S25: a Date almost five minutes ahead', () => ({ headers: { date: dated(280) } })],
  ['S14: a question mark at the end', { target: `${accounts}?` }],
  [
    'S15: headers that name another method or path',
    { headers: { 'x-http-method-override': 'DELETE', 'x-original-url': '/' } },
  ],
  [
    'S43: headers that ask for less',
    { headers: { range: 'bytes=0-1', 'if-none-match': '*', 'accept-encoding': 'gzip, br' } },
  ],
];

/** Row, and the Signature header that cannot be read. */
export const unreadableSignatures: readonly (readonly [string, (parts: SignatureParts) => string])[] = [
  ['S2', () => ''],
  ['S2', () => 'x'],
  ['S2', (parts) => `Signature ${writeSignature(parts)}`],
  ['S2', (parts) => writeSignature(parts).replace('keyId="', 'keyId="a"')],
  ['S2', (parts) => `${writeSignature(parts)},keyId="b"`],
  ['S2', (parts) => `${writeSignature(parts)},nonce="b"`],
  ['S2', (parts) => `${writeSignature(parts)},`],
  ['S2', (parts) => writeSignature(parts).slice(0, -1)],
  ['S2', (parts) => writeSignature({ ...parts, headers: '' })],
  ['S2', (parts) => writeSignature({ ...parts, headers: parts.headers.toUpperCase() })],
  ['S2', (parts) => writeSignature({ ...parts, headers: `${parts.headers} host` })],
  ['S2', (parts) => writeSignature({ ...parts, headers: `${parts.headers}  accept` })],
  ['S22', (parts) => writeSignature({ ...parts, keyId: '' })],
  ['S22', (parts) => writeSignature({ ...parts, keyId: 'k'.repeat(10_240) })],
  ['S22', (parts) => writeSignature({ ...parts, keyId: 'k\xe9' })],
  [
    'S47',
    (parts) => writeSignature({ ...parts, signature: `${parts.signature.slice(0, 40)} ${parts.signature.slice(40)}` }),
  ],
  [
    'S47',
    (parts) => writeSignature({ ...parts, signature: Buffer.from(parts.signature, 'base64').toString('base64url') }),
  ],
  ['S47', (parts) => writeSignature({ ...parts, signature: parts.signature.replace(/={1,2}$/, '') })],
  ['S47', (parts) => writeSignature({ ...parts, signature: `${parts.signature}=` })],
  ['S47', (parts) => writeSignature({ ...parts, signature: '' })],
  ['S25', (parts) => `${writeSignature(parts)},created="${unixTime(0)}"`],
  ['S25', (parts) => `${writeSignature(parts)},expires=never`],
];

export const unreadableDigests: readonly string[] = [
  'SHA-256',
  'SHA-256=',
  `SHA-256 = ${emptyDigest('sha256')}`,
  `SHA-256=:${emptyDigest('sha256')}:`,
  `SHA-256="${emptyDigest('sha256')}"`,
  `SHA-256=${emptyDigest('sha256').replace('=', '')}`,
  `SHA-256=${Buffer.from(emptyDigest('sha256'), 'base64').toString('hex')}`,
  `SHA-256=${emptyDigest('sha512')}`,
  `SHA-256=${emptyDigest('sha256')},SHA-256=${emptyDigest('sha256')}`,
  `SHA-256=${emptyDigest('sha256')},`,
];

/** Row, how the call differs, status and code. */
export const refusedCalls: readonly (readonly [string, MadeChange, number, string])[] = [
  ['S1', { write: () => undefined }, 401, 'SIGNATURE_MISSING'],
  [
    'S3',
    { headers: { digest: `SHA-256=${createHash('sha256').update('{}').digest('base64')}` }, cover: ['digest'] },
    401,
    'DIGEST_MISMATCH',
  ],
  [
    'S3',
    {
      headers: {
        digest: `SHA-256=${emptyDigest('sha256')},SHA-512=${createHash('sha512').update('{}').digest('base64')}`,
      },
      cover: ['digest'],
    },
    401,
    'DIGEST_MISMATCH',
  ],
  ['S5', { headers: { digest: 'MD5=1B2M2Y8AsgTpgAmY7PhCfg==' }, cover: ['digest'] }, 401, 'DIGEST_MISMATCH'],
  ['S5', { headers: { digest: 'SHA=2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, cover: ['digest'] }, 401, 'DIGEST_MISMATCH'],
  ['S5', { headers: { digest: 'UNIXsum=0' }, cover: ['digest'] }, 401, 'DIGEST_MISMATCH'],
  ['S8', { headers: { digest: `SHA-256=${emptyDigest('sha256')}` } }, 401, 'SIGNATURE_INVALID'],
  ['S9', uncovered('(request-target)'), 401, 'SIGNATURE_INVALID'],
  ['S10', uncovered('date'), 401, 'SIGNATURE_INVALID'],
  ['S10', uncovered('host'), 401, 'SIGNATURE_INVALID'],
  ['S10', uncovered('x-request-id'), 401, 'SIGNATURE_INVALID'],
  ['S10', { headers: { 'psu-geo-location': 'GEO:1;2' } }, 401, 'SIGNATURE_INVALID'],
  ['S10', { headers: { 'psu-anything': 'x' } }, 401, 'SIGNATURE_INVALID'],
  [
    'S11',
    { headers: { 'x-note': 'a' }, cover: ['x-note'], altered: { 'x-note': undefined } },
    401,
    'SIGNATURE_INVALID',
  ],
  [
    'S13',
    {
      more: [
        ['x-note', 'a'],
        ['x-note', 'b'],
      ],
      cover: ['x-note'],
      altered: { 'x-note': 'a' },
    },
    401,
    'SIGNATURE_INVALID',
  ],
  ['S14', { signedTarget: accounts, target: `${accounts}?` }, 401, 'SIGNATURE_INVALID'],
  ['S14', { signedTarget: `${accounts}?a=1&b=2`, target: `${accounts}?b=2&a=1` }, 401, 'SIGNATURE_INVALID'],
  ['S14', { signedTarget: accounts, target: accounts.replace('accounts', '%61ccounts') }, 401, 'SIGNATURE_INVALID'],
  ['S14', { signedTarget: accounts, target: `${accounts}?page=1` }, 401, 'SIGNATURE_INVALID'],
  [
    'S44',
    {
      headers: { 'psu-ip-address': '192.0.2.1' },
      cover: ['psu-ip-address'],
      altered: { 'psu-ip-address': '192.0.2.2' },
    },
    401,
    'SIGNATURE_INVALID',
  ],
  ['S44', { altered: { host: 'in capitals' } }, 401, 'SIGNATURE_INVALID'],
  ['S44', { headers: { accept: 'a/b' }, cover: ['accept'], altered: { accept: '*/*' } }, 401, 'SIGNATURE_INVALID'],
  ['S16', { write: withAlgorithm('hs2019') }, 401, 'SIGNATURE_INVALID'],
  ['S16', { write: withAlgorithm('rsa-sha1') }, 401, 'SIGNATURE_INVALID'],
  ['S16', { write: withAlgorithm('none') }, 401, 'SIGNATURE_INVALID'],
  ['S17', { write: withAlgorithm('ecdsa-sha256') }, 401, 'SIGNATURE_INVALID'],
  [
    'S16',
    { write: (parts) => writeSignature({ ...parts, signature: Buffer.alloc(256).toString('base64') }) },
    401,
    'SIGNATURE_INVALID',
  ],
  ['S16', { write: (parts) => writeSignature({ ...parts, signature: 'AAAA' }) }, 401, 'SIGNATURE_INVALID'],
  ['S20', { keyId: 'https://evil.example/seal.pem' }, 401, 'SIGNATURE_KEY_UNKNOWN'],
  ['S21', { keyId: `${x5u.replace(/\?.*/, '')}_${'0'.repeat(64)}` }, 401, 'SIGNATURE_KEY_UNKNOWN'],
  ['S21', { keyId: x5u.toUpperCase() }, 401, 'SIGNATURE_KEY_UNKNOWN'],
  ['S22', { keyId: "' OR '1'='1" }, 401, 'SIGNATURE_KEY_UNKNOWN'],
  ['S22', { keyId: '../../etc/passwd' }, 401, 'SIGNATURE_KEY_UNKNOWN'],
  ['S25', () => ({ headers: { date: dated(-301) } }), 400, 'TIMESTAMP_INVALID'],
  ['S25', () => ({ headers: { date: dated(360) } }), 400, 'TIMESTAMP_INVALID'],
  ['S25', { headers: { date: 'Sunday, 06-Nov-94 08:49:37 GMT' } }, 400, 'TIMESTAMP_INVALID'],
  ['S25', () => ({ headers: { date: new Date().toISOString() } }), 400, 'TIMESTAMP_INVALID'],
  ['S25', () => ({ headers: { date: dated(0).replace('GMT', '+0000') } }), 400, 'TIMESTAMP_INVALID'],
  ['S25', { write: (parts) => withParameter(`created=${unixTime(120)}`)(parts) }, 400, 'TIMESTAMP_INVALID'],
  ['S25', { write: (parts) => withParameter(`created=${unixTime(-400)}`)(parts) }, 400, 'TIMESTAMP_INVALID'],
  ['S25', { write: (parts) => withParameter(`expires=${unixTime(-1)}`)(parts) }, 400, 'TIMESTAMP_INVALID'],
  [
    'S47',
    {
      write: (parts) => writeSignature({ ...parts, signature: Buffer.from(parts.signature, 'base64').toString('hex') }),
    },
    401,
    'SIGNATURE_INVALID',
  ],
];
