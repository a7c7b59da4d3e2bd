import { Refusal } from '@postern/core/refusal/refusal.js';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import {
  codesInSources,
  documentedCodes,
  expectSound,
  sourcesOfEveryRequest,
} from '../../../tests/material/check-document.js';
import { type OpenapiDocument, operationsOf, validatorOf } from '../../../tests/material/openapi-document.js';
import { realm } from '../../../tests/material/registration-world.js';
import { certificateCheckRoutes } from '../certificate-check/route.js';
import { authorizationRoutes } from '../oauth/authorization-routes.js';
import { describeServer } from '../oauth/describe-server.js';
import { metadataRoutes } from '../oauth/metadata-routes.js';
import { parseTokenRequest } from '../oauth/parse-token-request.js';
import { tokenRoutes } from '../oauth/token-routes.js';
import { describeOauth2 } from './describe-oauth2.js';
import { returnedErrors } from './oauth2-refusals.js';
import { renderCollection } from './render-collection.js';

const document = describeOauth2(realm, 'https://bank.example/errors') as unknown as OpenapiDocument;
const withoutBank = { ...realm, bank: 'none' } as const;

describe('the document of the authorization server', () => {
  it('describes every route but the pages of the customer, and no other', async () => {
    const app = fastify({ exposeHeadRoutes: false });
    const routes: string[] = [];
    app.addHook('onRoute', ({ method, url }) => {
      // The catch-all of an address answers 405: it comes with several methods at once.
      if (typeof method === 'string' && method !== 'HEAD') routes.push(`${method} ${url}`);
    });
    tokenRoutes(app as never, realm, {} as never);
    metadataRoutes(app as never, realm, { jwks: () => ({ keys: [] }) });
    certificateCheckRoutes(app as never, realm, {} as never);
    authorizationRoutes(app as never, realm, {} as never);
    const described = [...operationsOf(document).keys()].flatMap((key) => {
      const [method = '', path = ''] = key.split(' ');
      const url = path.endsWith(realm.prefix) ? path : `${realm.prefix}${path}`;
      return url.includes('{lang}')
        ? ['fr', 'en'].map((lang) => `${method} ${url.replace('{lang}', lang)}`)
        : [`${method} ${url}`];
    });
    expect(described.sort()).toEqual(routes.filter((route) => !route.endsWith('/:id')).sort());
    await app.close();
  });

  it('is sound', () => {
    expect(expectSound(document)).toBeGreaterThan(50);
  });

  it('has every code that the token endpoint can refuse with, and no other', () => {
    const thrown = codesInSources([
      ...sourcesOfEveryRequest,
      ...['token-routes', 'parse-token-request', 'answer-token-request', 'exchange-code', 'refresh-access'].map(
        ofOauth,
      ),
      ...['issue-client-token', 'token-context', 'issue-tokens'].map(ofOauth),
      'core/src/token/scope-set.ts',
      'core/src/qualification/rules',
      'server/src/http/parse-form.ts',
      'server/src/require-active.ts',
      'server/src/qualification/gather-evidence.ts',
      'server/src/watch/heed-losses.ts',
    ]);
    expect(documentedCodes(document, 'token')).toEqual(thrown.filter((code) => code !== 'NOT_FOUND'));
  });

  it('has every code that the authorization endpoint can refuse with, as a page or at the redirect URI, and no other', () => {
    const thrown = codesInSources([
      ...sourcesOfEveryRequest,
      ...['parse-authorization-request', 'start-authorization', 'end-authorization', 'authorization-response'].map(
        ofOauth,
      ),
      'core/src/token/scope-set.ts',
      'server/src/http/guard-navigation.ts',
      'server/src/require-active.ts',
    ]);
    const returned = Object.values(returnedErrors).flat();
    const documented = new Set([...documentedCodes(document, 'authorize'), ...returned]);
    expect([...documented].sort()).toEqual(thrown.filter((code) => code !== 'NOT_FOUND'));
  });

  it.each([
    ['a bank', realm] as const,
    ['none', withoutBank] as const,
  ])('describes the metadata as they are answered, member by member, with %s behind the realm', (_behind, of) => {
    const described = describeOauth2(of, 'https://bank.example/errors') as unknown as OpenapiDocument;
    const metadata = describeServer(of);
    const validator = validatorOf(described, { $ref: '#/components/schemas/Metadata' });
    expect(validator.safeParse(metadata).error).toBeUndefined();
    const required = described.components.schemas['Metadata']?.required ?? [];
    expect(Object.keys(metadata).sort()).toEqual([...required].sort());
  });

  it('is sound without a bank, and describes no grant', () => {
    const described = describeOauth2(withoutBank, 'https://bank.example/errors') as unknown as OpenapiDocument;
    expect(expectSound(described)).toBeGreaterThan(10);
    expect([...operationsOf(described).keys()].filter((key) => /authorize|token/.test(key))).toEqual([]);
  });
});

describe('the schema of a token request', () => {
  const { requestBody } = operationsOf(document).get('POST /oauth2/token') as unknown as {
    requestBody: { content: Record<string, { schema: unknown }> };
  };
  const validator = validatorOf(document, requestBody.content['application/x-www-form-urlencoded']?.schema);
  const client_id = 'c';
  const code = {
    grant_type: 'authorization_code',
    client_id,
    code: 'x',
    redirect_uri: 'https://tpp.example/',
    code_verifier: 'v'.repeat(43),
  };
  const refresh = { grant_type: 'refresh_token', client_id, refresh_token: 'r' };
  const own = { grant_type: 'client_credentials', client_id };

  it.each([
    ['takes', code],
    ['takes', { ...code, code_verifier: 'v'.repeat(128), scope: 'aisp' }],
    ['takes', refresh],
    ['takes', { ...own, scope: 'pisp' }],
    ['takes', { ...own, ignored: 'x' }],
    ['refuses', { ...own, grant_type: 'password' }],
    ['refuses', { grant_type: 'client_credentials' }],
    ['refuses', { ...code, code_verifier: 'v'.repeat(42) }],
    ['refuses', { ...code, code_verifier: `${'v'.repeat(43)}+` }],
    ['refuses', { ...code, code: '' }],
    ['refuses', { ...refresh, refresh_token: '' }],
    ['refuses', { ...own, scope: 'openid' }],
    ['refuses', { ...own, scope: 'aisp  cbpii' }],
    ['refuses', { ...own, client_secret: 's' }],
    ['refuses', { ...refresh, client_assertion: 'a' }],
  ])('%s %j as the server does', (verdict, sent) => {
    expect(validator.safeParse(sent).success).toBe(verdict === 'takes');
    expect(isTaken(sent)).toBe(verdict === 'takes');
  });
});

describe('the collection', () => {
  it('has a request for each grant, as a form, and the address of the other listener where that answers', () => {
    const { item } = renderCollection(document as never) as unknown as {
      item: { name: string; request: { url: { raw: string }; body?: { mode: string } } }[];
    };
    const tokens = item.filter(({ request }) => request.url.raw.endsWith('/oauth2/token'));
    expect(tokens.map(({ request }) => request.body?.mode)).toEqual(['urlencoded', 'urlencoded', 'urlencoded']);
    expect(item[0]?.request.url.raw).toBe('https://www.bank.example/demo-bank/oauth2/:lang/authorize');
  });
});

function ofOauth(name: string): string {
  return `server/src/oauth/${name}.ts`;
}

function isTaken(sent: Readonly<Record<string, string>>): boolean {
  try {
    parseTokenRequest(new Map(Object.entries(sent).map(([name, value]) => [name, [value]])));
    return true;
  } catch (cause) {
    if (cause instanceof Refusal) return false;
    throw cause;
  }
}
