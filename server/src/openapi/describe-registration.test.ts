import { parseClientMetadata } from '@postern/core/registration/parse-client-metadata.js';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import {
  codesInSources,
  documentedCodes,
  expectSound,
  sourcesOfEveryRequest,
} from '../../../tests/material/check-document.js';
import { type OpenapiDocument, operationsOf, validatorOf } from '../../../tests/material/openapi-document.js';
import { refusalStatus } from '../http/refusal-status.js';
import type { Realm } from '../realm.js';
import { registrationRoutes } from '../registration/route.js';
import { describeRegistration } from './describe-registration.js';

const realm: Realm = {
  brand: { id: 'bank', name: { fr: 'Banque', en: 'Bank' } },
  environment: 'production',
  bank: 'simulated',
  prefix: '/bank',
  issuer: 'https://api.bank.example/bank',
  apiUrl: 'https://api.bank.example',
  webUrl: 'https://bank.example',
};
const document = describeRegistration(realm, {
  errorsPage: 'https://bank.example/errors',
}) as unknown as OpenapiDocument;
const operations = operationsOf(document);

describe('the document', () => {
  it('describes every route of registration and no other', async () => {
    const app = fastify({ exposeHeadRoutes: false });
    const routes: string[] = [];
    app.addHook('onRoute', ({ method, url, handler }) => {
      // The catch-all of an address answers 405: it comes with several methods at once.
      if (typeof method === 'string' && handler !== undefined) routes.push(`${method} ${url}`);
    });
    registrationRoutes(app as never, realm, {} as never);
    const described = [...operations.keys()].map((key) =>
      key.replace(' ', ` ${realm.prefix}`).replaceAll(/\{(\w+)\}/g, ':$1'),
    );
    expect(described.sort()).toEqual(routes.sort());
    await app.close();
  });

  it('has every code that registration and its reading can refuse with, and no other', () => {
    expect(documentedCodes(document)).toEqual(codesInSources(sources));
  });

  it('gives each code the status that the server answers it with', () => {
    for (const operation of operations.values()) {
      for (const [status, response] of Object.entries(operation.responses)) {
        for (const [code, { value }] of Object.entries(response.content?.['application/json']?.examples ?? {})) {
          const own = refusalStatus[code as keyof typeof refusalStatus];
          // Not being let in is one status at the OAuth endpoints, whatever the reason.
          expect([code, status, value['error']]).toEqual([
            code,
            code === 'ROLE_INVALID' ? '401' : String(own.status),
            own.oauth,
          ]);
          expect(value['documentation']).toBe(`https://bank.example/errors#${code}`);
        }
      }
    }
  });

  it('resolves all its references, and has examples that are as their schemas say', () => {
    expect(expectSound(document)).toBeGreaterThan(50);
  });
});

describe('the schema of client metadata', () => {
  const validator = validatorOf(document, { $ref: '#/components/schemas/ClientMetadata' });
  const good = {
    client_name: 'Mes Comptes',
    redirect_uris: ['https://tpp.example/callback'],
    scope: 'aisp extended_transaction_history',
    jwks: { keys: [{ kid: null, x5c: ['AA==', 'AA=='] }] },
  };
  const problemsOf = (member: string, value: unknown) =>
    parseClientMetadata({ ...good, [member]: value }, new Set()).problems.filter(
      (problem) => problem.member === member,
    );

  const problemsBesideKeys = (sent: object, policy?: Parameters<typeof parseClientMetadata>[2]) =>
    parseClientMetadata(sent, new Set(), policy).problems.filter(({ member }) => !member.startsWith('jwks'));

  it('takes what is taken', () => {
    expect(validator.safeParse(good).success).toBe(true);
  });

  const address = (length: number) => `https://tpp.example/${'a'.repeat(length - 20)}`;
  const addresses = (count: number) => Array.from({ length: count }, (_, index) => `https://tpp.example/${index}`);
  const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@tpp.example`);

  it.each([
    ['client_name', 'a'.repeat(80), 'a'.repeat(81)],
    ['client_name', 'a', ''],
    ['redirect_uris', addresses(20), addresses(21)],
    ['redirect_uris', [address(2_000)], [address(2_001)]],
    ['redirect_uris', addresses(2), ['https://tpp.example/0', 'https://tpp.example/0']],
    ['redirect_uris', addresses(1), ['http://tpp.example/0']],
    ['scope', 'pisp cbpii', 'pisp  cbpii'],
    ['scope', 'aisp', 'openid'],
    ['grant_types', ['authorization_code', 'refresh_token'], ['refresh_token', 'refresh_token', 'authorization_code']],
    ['contacts', people(10), people(11)],
    ['client_uri', address(2_000), address(2_001)],
    ['policy_uri', 'https://tpp.example/', 'http://tpp.example/'],
    ['tos_uri', 'https://tpp.example/', 'ftp://tpp.example/'],
    ['logo_uri', 'https://tpp.example/', 'data:image/svg+xml;base64,AA=='],
    ['client_legal_id', 'AGTFR-ACPR-1', 'PSDFR-ACPR-1'],
    ['token_endpoint_auth_method', 'tls_client_auth', 'none'],
    ['software_id', 'a'.repeat(255), 'a'.repeat(256)],
    ['software_version', '1.2', ''],
  ])('knows the rule of %s as the server does', (member, taken, refused) => {
    expect(validator.safeParse({ ...good, [member]: taken }).error?.issues ?? []).toEqual([]);
    expect(problemsOf(member, taken)).toEqual([]);
    expect(validator.safeParse({ ...good, [member]: refused }).success).toBe(false);
    expect(problemsOf(member, refused)).not.toEqual([]);
  });

  it.each([
    ['client_name#fr', 'Mes Comptes', 'a'.repeat(81)],
    ['policy_uri#en', 'https://tpp.example/', 'http://tpp.example/'],
  ])('knows %s in the language of its tag', (member, taken, refused) => {
    const wrong = (value: unknown) => problemsBesideKeys({ ...good, [member]: value });
    expect(validator.safeParse({ ...good, [member]: taken }).success).toBe(true);
    expect(wrong(taken)).toEqual([]);
    expect(validator.safeParse({ ...good, [member]: refused }).success).toBe(false);
    expect(wrong(refused)).not.toEqual([]);
  });

  it('asks for a signature, and can refuse for one, where the brand has requests signed', () => {
    const names = (document: OpenapiDocument) =>
      operationsOf(document)
        .get('POST /oauth2/registrations')
        ?.parameters?.map(({ name }) => name);
    const policy = { nativeRedirects: false, requestSignature: 'none' } as const;
    const plain = describeRegistration(realm, {
      errorsPage: 'https://bank.example/errors',
      policy,
    }) as unknown as OpenapiDocument;
    expect(names(document)).toEqual(['Idempotency-Key', 'Date', 'Digest', 'Signature']);
    expect(names(plain)).toEqual(['Idempotency-Key']);
    expect(JSON.stringify(plain.paths)).not.toContain('SIGNATURE_');
  });

  it('takes links into native applications where the brand does', () => {
    const registration = { nativeRedirects: true, foreignHosts: 'warn', requestSignature: 'none' } as const;
    const open = describeRegistration(realm, { errorsPage: 'https://bank.example/errors', policy: registration });
    const taking = validatorOf(open as unknown as OpenapiDocument, { $ref: '#/components/schemas/ClientMetadata' });
    const native = { ...good, redirect_uris: ['com.example.app:/callback'] };
    expect([taking.safeParse(native).success, validator.safeParse(native).success]).toEqual([true, false]);
    expect(problemsBesideKeys(native, registration)).toEqual([]);
  });

  it.each([
    ['no key', { keys: [] }],
    ['too many keys', { keys: Array.from({ length: 21 }, () => good.jwks.keys[0]) }],
    ['a private key', { keys: [{ ...good.jwks.keys[0], d: 'AQAB' }] }],
    ['another algorithm', { keys: [{ ...good.jwks.keys[0], alg: 'ES256' }] }],
    ['the end of the path only', { keys: [{ x5c: ['AA=='] }] }],
  ])('refuses %s', (_what, jwks) => {
    expect(validator.safeParse({ ...good, jwks }).success).toBe(false);
    expect(parseClientMetadata({ ...good, jwks }, new Set()).problems.length).toBeGreaterThan(0);
  });
});

const sources = [
  'server/src/registration',
  'core/src/registration',
  'core/src/qualification/rules',
  'core/src/json',
  ...sourcesOfEveryRequest,
  'server/src/qualification/gather-evidence.ts',
  'server/src/require-active.ts',
  'core/src/signature',
];
