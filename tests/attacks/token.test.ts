import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signRequest } from '../../tpp/src/signature/sign-request.js';
import {
  callToken,
  codeParameters,
  type OauthTpp,
  obtainCode,
  registerOauthTpp,
  untilQualified,
} from '../material/oauth-tpp.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

const organization = 'PSDFR-ACPR-43001';

let demo: RunningDemo;
let tpp: OauthTpp;
let other: OauthTpp;
let renewed: Credential;

beforeAll(async () => {
  demo = await startDemo();
  const all = 'aisp extended_transaction_history pisp';
  tpp = await registerOauthTpp(demo, { organizationIdentifier: organization, roles: 'PSP_AI,PSP_PI', scope: all });
  other = await registerOauthTpp(demo, { organizationIdentifier: 'PSDFR-ACPR-43002', roles: 'PSP_AI', scope: 'aisp' });
  renewed = await demo.issue({ kind: 'qwac', organizationIdentifier: organization, roles: 'PSP_AI,PSP_PI' });
  await untilQualified(demo, renewed);
});
afterAll(() => demo.stop());

const credentials = { grant_type: 'client_credentials', scope: 'pisp' };

function expectError(answer: TlsAnswer, status: number, error: string): void {
  expect([answer.status, answer.json['error']]).toEqual([status, error]);
  expect(answer.json['correlation_id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers['cache-control']).toBe('no-store');
}

const textOf = (answer: TlsAnswer, name: string): string => {
  const value = answer.json[name];
  if (typeof value !== 'string') throw new Error(`${name} is missing: ${answer.status} ${answer.text}`);
  return value;
};

interface AccountsCall {
  readonly token: string;
  readonly identity?: Credential | null;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A rightly signed GET /accounts, but for what the row changes. */
function callAccounts({ token, identity = tpp.qwac, query = '', headers }: AccountsCall): Promise<TlsAnswer> {
  const url = `${demo.addresses.api}/demo-bank/stet-psd2-api/v1/accounts${query}`;
  const kid = createHash('sha256').update(new X509Certificate(tpp.seal.certificate).raw).digest('base64url');
  const signed = signRequest(
    {
      method: 'GET',
      url,
      headers: { accept: 'application/json', 'user-agent': 'attack', authorization: `Bearer ${token}`, ...headers },
    },
    { keyId: kid, privateKey: createPrivateKey(tpp.seal.key) },
    new Date(),
  );
  return sendOverTls({ method: 'GET', url, ca: demo.ca, identity: identity ?? undefined, headers: signed.headers });
}

describe('the token endpoint, over mutual TLS', () => {
  it('T40: answers a right request with no-store, and the type Bearer', async () => {
    const answer = await callToken(demo, tpp, credentials);
    expect([answer.status, answer.json['token_type'], answer.json['scope']]).toEqual([200, 'Bearer', 'pisp']);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['content-type']).toContain('application/json');
  });

  it('T1: no certificate', async () => {
    expectError(await callToken(demo, tpp, credentials, { identity: null }), 401, 'invalid_client');
  });

  it('T1: a certificate that is not qualified', async () => {
    const expired = await demo.issue({
      kind: 'qwac',
      organizationIdentifier: organization,
      roles: 'PSP_AI',
      defect: 'expired',
    });
    const answer = await callToken(demo, tpp, credentials, { identity: expired });
    expectError(answer, 401, 'invalid_client');
    expect(answer.json['error_code']).toBe('CERTIFICATE_EXPIRED');
  });

  it('T2 T3: a client of another organisation, and none, with the same answer', async () => {
    const foreign = await callToken(demo, tpp, credentials, { identity: other.qwac });
    const unknown = await callToken(demo, tpp, { ...credentials, client_id: 'f'.repeat(40) });
    expectError(foreign, 401, 'invalid_client');
    expectError(unknown, 401, 'invalid_client');
    expect(foreign.json['error_description']).toBe(unknown.json['error_description']);
  });

  it.each<[string, Parameters<typeof callToken>[2], Parameters<typeof callToken>[3], number, string]>([
    ['T4: client_id missing', { ...credentials, client_id: '' }, {}, 400, 'invalid_request'],
    ['T5: HTTP Basic beside', credentials, { headers: { authorization: 'Basic YTpi' } }, 401, 'invalid_client'],
    ['T5: a secret beside', { ...credentials, client_secret: 'x' }, {}, 401, 'invalid_client'],
    ['T5: an assertion beside', { ...credentials, client_assertion: 'x' }, {}, 400, 'invalid_request'],
    ['T8: parameters in the query', credentials, { query: '?grant_type=client_credentials' }, 400, 'invalid_request'],
    ['T9: JSON', credentials, { headers: { 'content-type': 'application/json' }, body: '{}' }, 415, 'invalid_request'],
    ['T11: password', { grant_type: 'password', username: 'a', password: 'b' }, {}, 400, 'unsupported_grant_type'],
    ['T11: implicit', { grant_type: 'implicit' }, {}, 400, 'unsupported_grant_type'],
    ['T13: client credentials with aisp', { ...credentials, scope: 'aisp' }, {}, 400, 'invalid_scope'],
    ['T34: refresh token at random', { grant_type: 'refresh_token', refresh_token: 'x' }, {}, 400, 'invalid_grant'],
    ['T41: SQL in the code', { grant_type: 'authorization_code', code: "' or 1=1 --" }, {}, 400, 'invalid_grant'],
    ['D: a code of 60 KiB', { grant_type: 'authorization_code', code: 'x'.repeat(60_000) }, {}, 400, 'invalid_grant'],
    ['D: a body over the limit', { ...credentials, x: 'x'.repeat(66_000) }, {}, 413, 'invalid_request'],
  ])('%s', async (_title, parameters, options, status, error) => {
    expectError(await callToken(demo, tpp, parameters, options), status, error);
  });

  it.each([
    ['T7: grant_type twice', 'grant_type=client_credentials&grant_type=refresh_token'],
    ['T7: code twice', 'grant_type=authorization_code&code=a&code=a'],
    ['T41: NUL', 'grant_type=authorization_code&code=%00'],
    ['T41: broken percent encoding', 'grant_type=authorization_code&code=%zz'],
    ['T41: over-long UTF-8', 'grant_type=authorization_code&code=%c0%af'],
  ])('%s', async (_title, parameters) => {
    expectError(
      await callToken(demo, tpp, {}, { body: `client_id=${tpp.clientId}&${parameters}` }),
      400,
      'invalid_request',
    );
  });

  it('T10: other methods', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await callToken(demo, tpp, {}, { method });
      expectError(answer, 405, 'invalid_request');
      expect(answer.headers['allow']).toBe('POST');
    }
  });

  it('T14: a scope beyond the consent', async () => {
    const code = await obtainCode(demo, tpp);
    expectError(await callToken(demo, tpp, { ...codeParameters(code), scope: 'aisp pisp' }), 400, 'invalid_scope');
  });

  it('T15: a code in the hands of another client is burnt', async () => {
    const code = codeParameters(await obtainCode(demo, tpp));
    expectError(await callToken(demo, other, code), 400, 'invalid_grant');
    expectError(await callToken(demo, tpp, code), 400, 'invalid_grant');
  });

  it('T16: a code used twice takes its tokens with it', async () => {
    const code = codeParameters(await obtainCode(demo, tpp));
    const answer = await callToken(demo, tpp, code);
    const token = textOf(answer, 'access_token');
    expect((await callAccounts({ token })).status).toBe(200);
    expectError(await callToken(demo, tpp, code), 400, 'invalid_grant');
    const after = await callAccounts({ token });
    expect([after.status, after.json['error']]).toEqual([401, 'invalid_token']);
    const refresh = { grant_type: 'refresh_token', refresh_token: textOf(answer, 'refresh_token') };
    expectError(await callToken(demo, tpp, refresh), 400, 'invalid_grant');
  });

  it('T17: fifty uses of a code at once give tokens once', async () => {
    const code = codeParameters(await obtainCode(demo, tpp));
    const answers = await Promise.all(Array.from({ length: 50 }, () => callToken(demo, tpp, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectError(answer, 400, 'invalid_grant');
  });

  it('T19 T20: another redirect_uri, another verifier, none', async () => {
    const code = codeParameters(await obtainCode(demo, tpp));
    const without = (name: string) => Object.fromEntries(Object.entries(code).filter(([key]) => key !== name));
    expectError(
      await callToken(demo, tpp, { ...code, redirect_uri: 'https://tpp.example/callback/' }),
      400,
      'invalid_grant',
    );
    expectError(await callToken(demo, tpp, without('redirect_uri')), 400, 'invalid_grant');
    expectError(await callToken(demo, tpp, without('code_verifier')), 400, 'invalid_grant');
    expectError(await callToken(demo, tpp, { ...code, code_verifier: 'w'.repeat(64) }), 400, 'invalid_grant');
    expectError(await callToken(demo, tpp, { ...code, code_verifier: 'short' }), 400, 'invalid_request');
    expect((await callToken(demo, tpp, code)).status).toBe(200);
  });

  it('T22 T23 T26 T27: refresh by another client, with a renewed certificate, in parallel, for more', async () => {
    const first = await callToken(
      demo,
      tpp,
      codeParameters(await obtainCode(demo, tpp, 'aisp extended_transaction_history')),
    );
    expect(first.json['scope']).toBe('aisp extended_transaction_history');
    const refresh = { grant_type: 'refresh_token', refresh_token: textOf(first, 'refresh_token') };
    expectError(await callToken(demo, other, refresh), 400, 'invalid_grant');
    expectError(await callToken(demo, tpp, { ...refresh, scope: 'aisp pisp' }), 400, 'invalid_scope');
    const both = await Promise.all([
      callToken(demo, tpp, refresh),
      callToken(demo, tpp, refresh, { identity: renewed }),
    ]);
    expect(both.map(({ status, json }) => [status, json['scope']])).toEqual([
      [200, 'aisp'],
      [200, 'aisp'],
    ]);
    const bound = textOf(both[1] as TlsAnswer, 'access_token');
    expect((await callAccounts({ token: bound, identity: renewed })).status).toBe(200);
    const mismatched = await callAccounts({ token: bound });
    expect([mismatched.status, mismatched.json['error_code']]).toEqual([401, 'TOKEN_BINDING_MISMATCH']);
  });

  it('T43 T44: codes and tokens have 256 bits, and are not stored', async () => {
    const code = await obtainCode(demo, tpp);
    expect(Buffer.from(code.code, 'base64url')).toHaveLength(32);
    const answer = await callToken(demo, tpp, codeParameters(code));
    expect(Buffer.from(textOf(answer, 'refresh_token'), 'base64url')).toHaveLength(32);
  });
});

describe('access tokens at the API, over mutual TLS', () => {
  it('T31 T32 T34 T35 T37: without certificate, in the query, altered, of another kind, of another scope', async () => {
    const granted = await obtainCode(demo, tpp);
    const answer = await callToken(demo, tpp, codeParameters(granted));
    const token = textOf(answer, 'access_token');
    const statusOf = async (call: AccountsCall) => (await callAccounts(call)).status;
    expect(await statusOf({ token })).toBe(200);
    expect(await statusOf({ token, identity: null })).toBe(401);
    expect(await statusOf({ token, identity: other.qwac })).toBe(401);
    const inQuery = await sendOverTls({
      method: 'GET',
      url: `${demo.addresses.api}/demo-bank/stet-psd2-api/v1/accounts?access_token=${token}`,
      ca: demo.ca,
      identity: tpp.qwac,
    });
    expect(inQuery.status).toBeGreaterThanOrEqual(400);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    const forged = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('aisp', 'pisp')).toString(
      'base64url',
    );
    for (const bad of [
      token.slice(0, -1),
      `${token}A`,
      `${none}.${payload}.`,
      `${header}.${forged}.${signature}`,
      'x'.repeat(3_000),
      granted.code,
      textOf(answer, 'refresh_token'),
    ]) {
      const refused = await callAccounts({ token: bad });
      expect([refused.status, refused.json['error']]).toEqual([401, 'invalid_token']);
    }
    const payments = await callToken(demo, tpp, credentials);
    const insufficient = await callAccounts({ token: textOf(payments, 'access_token') });
    expect([insufficient.status, insufficient.json['error']]).toEqual([403, 'insufficient_scope']);
  });

  it('a token of production opens nothing in the sandbox or at another brand', async () => {
    const token = textOf(await callToken(demo, tpp, codeParameters(await obtainCode(demo, tpp))), 'access_token');
    const kid = createHash('sha256').update(new X509Certificate(tpp.seal.certificate).raw).digest('base64url');
    for (const prefix of ['/sandbox/demo-bank', '/second-bank']) {
      const url = `${demo.addresses.api}${prefix}/stet-psd2-api/v1/accounts`;
      const headers = { accept: 'application/json', 'user-agent': 'attack', authorization: `Bearer ${token}` };
      const signed = signRequest(
        { method: 'GET', url, headers },
        { keyId: kid, privateKey: createPrivateKey(tpp.seal.key) },
        new Date(),
      );
      const answer = await sendOverTls({
        method: 'GET',
        url,
        ca: demo.ca,
        identity: tpp.qwac,
        headers: signed.headers,
      });
      expect([answer.status, answer.json['error']]).toEqual([401, 'invalid_token']);
    }
  });
});
