import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal/refusal.js';
import { parseHeaderList } from '../signature/header-list.js';
import { type Call, type CallPolicy, guardCall } from './guard-call.js';

const now = new Date('2026-11-22T10:00:00Z');
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const policy: CallPolicy = {
  issuer: 'https://api.bank.example/demo-bank',
  scope: 'aisp',
  rolesRequired: true,
  signature: { dateWindowSeconds: 300 },
};

interface Change {
  readonly key?: typeof pair.privateKey;
  readonly without?: string;
  readonly grant?: Partial<Call['grant']>;
  readonly peer?: Partial<Call['peer']['organization']>;
  readonly thumbprint?: string;
}

function call(change: Change = {}): Call {
  const fields: [string, string][] = [
    ['Host', 'api.bank.example'],
    ['Date', now.toUTCString()],
    ['X-Request-Id', '5f1a'],
    ['Authorization', 'Bearer abc'],
    ['Accept', 'application/json'],
    ['User-Agent', 'test'],
  ];
  const target = '/demo-bank/stet-psd2-api/v1/accounts';
  const text = `(request-target): get ${target}\nhost: api.bank.example\ndate: ${now.toUTCString()}\nx-request-id: 5f1a`;
  const signature = sign('sha256', Buffer.from(text), change.key ?? pair.privateKey).toString('base64');
  fields.push([
    'Signature',
    `keyId="k1",algorithm="rsa-sha256",headers="(request-target) host date x-request-id",signature="${signature}"`,
  ]);
  const kept = fields.filter(([name]) => name.toLowerCase() !== change.without);
  return {
    request: { method: 'GET', target, headers: parseHeaderList(kept.flat()), body: new Uint8Array() },
    peer: {
      thumbprint: change.thumbprint ?? 'thumb',
      organization: {
        identifier: 'PSDFR-ACPR-1',
        legalName: 'One',
        certificateRoles: ['PSP_AI'],
        registerRoles: ['PSP_AI'],
        ...change.peer,
      },
    },
    grant: {
      issuer: policy.issuer,
      clientId: 'c1',
      organizationIdentifier: 'PSDFR-ACPR-1',
      scope: new Set(['aisp']),
      boundThumbprint: 'thumb',
      expiresAt: new Date(now.getTime() + 1_000),
      keys: [{ kid: 'k1', publicKey: pair.publicKey, notAfter: new Date('2027-01-01T00:00:00Z') }],
      ...change.grant,
    },
  };
}

function codeOf(change: Change, with_: Partial<CallPolicy> = {}): string {
  try {
    guardCall(call(change), { ...policy, ...with_ }, now);
    return 'admitted';
  } catch (cause) {
    if (cause instanceof Refusal) return cause.code;
    throw cause;
  }
}

describe('guardCall', () => {
  it('admits a bound, scoped and signed call and names its key', () => {
    expect(guardCall(call(), policy, now).kid).toBe('k1');
    expect(
      createHash('sha256')
        .update(guardCall(call(), policy, now).signingString)
        .digest().length,
    ).toBe(32);
  });

  it.each<[string, Change, string]>([
    ['T31 token of another certificate of the organisation', { thumbprint: 'renewed' }, 'TOKEN_BINDING_MISMATCH'],
    [
      'T2 token of another organisation',
      { grant: { organizationIdentifier: 'PSDFR-ACPR-2' } },
      'TOKEN_BINDING_MISMATCH',
    ],
    ['T34 expired token', { grant: { expiresAt: now } }, 'TOKEN_INVALID'],
    ['token of another realm', { grant: { issuer: 'https://api.bank.example/sandbox/demo-bank' } }, 'TOKEN_INVALID'],
    ['T37 token without the scope', { grant: { scope: new Set(['pisp']) } }, 'SCOPE_INSUFFICIENT'],
    ['C17 role not in the certificate', { peer: { certificateRoles: ['PSP_PI'] } }, 'ROLE_INVALID'],
    ['role withdrawn in the register', { peer: { registerRoles: [] } }, 'ROLE_INVALID'],
    ['header accept missing', { without: 'accept' }, 'HEADER_MISSING'],
    ['S1 signature missing', { without: 'signature' }, 'SIGNATURE_MISSING'],
    ['S19 signature by another key', { key: other.privateKey }, 'SIGNATURE_INVALID'],
  ])('refuses: %s', (_title, change, code) => {
    expect(codeOf(change)).toBe(code);
  });

  it('lets the sandbox use a registered scope beyond the roles', () => {
    expect(codeOf({ peer: { certificateRoles: ['PSP_PI'], registerRoles: [] } }, { rolesRequired: false })).toBe(
      'admitted',
    );
  });
});
