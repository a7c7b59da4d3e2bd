import { createHash, X509Certificate } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureBrand } from '../material/configure-brand.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { agree, authorizationParameters, type OauthTpp, openBrowser, registerOauthTpp } from '../material/oauth-tpp.js';
import { formTokenOf, locationOf } from '../material/psu-browser.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let tpp: OauthTpp;
let secondSeal: Credential;

beforeAll(async () => {
  demo = await startDemo();
  await letSecondBankCompletePaths();
  const organization = { organizationIdentifier: 'PSDFR-ACPR-52001', roles: 'PSP_AI,PSP_PI' };
  secondSeal = await demo.issue({ ...organization, kind: 'qsealc' });
  tpp = await registerOauthTpp(demo, {
    ...organization,
    scope: 'aisp extended_transaction_history pisp',
  });
});
afterAll(() => demo.stop());

async function letSecondBankCompletePaths(): Promise<void> {
  configureBrand(demo, 'second-bank', 'registration: { completePath: true }');
  await demo.crashAndRestart();
}

/** The transport is the caller's business with this client; everything that OAuth says is the client's own. */
const overMutualTls: client.CustomFetch = async (url, { method, headers, body }) => {
  const sent = typeof body === 'string' ? body : body instanceof URLSearchParams ? body.toString() : undefined;
  const answer = await sendOverTls({
    method,
    url,
    ca: demo.ca,
    identity: tpp.qwac,
    headers: Object.fromEntries(Object.entries(headers)),
    body: sent,
  });
  const pairs = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as [string, string]);
  return new Response(answer.status === 204 ? null : answer.text, { status: answer.status, headers: pairs });
};

async function discover(): Promise<client.Configuration> {
  const issuer = new URL(`${demo.addresses.api}${tpp.prefix}`);
  return client.discovery(issuer, tpp.clientId, { use_mtls_endpoint_aliases: true }, client.TlsClientAuth(), {
    algorithm: 'oauth2',
    [client.customFetch]: overMutualTls,
  });
}

describe('openid-client, unchanged', () => {
  it('completes discovery, code with PKCE over mutual TLS, refresh and client credentials', async () => {
    const configuration = await discover();
    expect(configuration.serverMetadata().supportsPKCE()).toBe(true);
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const start = client.buildAuthorizationUrl(configuration, {
      redirect_uri: tpp.redirectUri,
      scope: 'aisp extended_transaction_history',
      state,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    expect(start.origin).toBe(demo.addresses.web);
    const location = await agree(demo, tpp.prefix, `${start.pathname}${start.search}`);
    const tokens = await client.authorizationCodeGrant(configuration, new URL(location), {
      pkceCodeVerifier: verifier,
      expectedState: state,
    });
    expect(tokens.scope).toBe('aisp extended_transaction_history');
    expect(tokens.expiresIn()).toBeGreaterThan(800);
    const refreshed = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(refreshed.scope).toBe('aisp');
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    const own = await client.clientCredentialsGrant(configuration, { scope: 'pisp' });
    expect(own.refresh_token).toBeUndefined();
  });

  it('understands the answer of a PSU who refuses', async () => {
    const configuration = await discover();
    const browser = openBrowser(demo);
    const target = new URLSearchParams(authorizationParameters(tpp, { state: 's' })).toString();
    const page = locationOf(await browser.get(`${tpp.prefix}/oauth2/fr/authorize?${target}`));
    const form = { form_token: formTokenOf(await browser.get(page)), answer: 'refuse' };
    const answer = new URL(locationOf(await browser.post(page, form)));
    await expect(client.authorizationCodeGrant(configuration, answer, { expectedState: 's' })).rejects.toMatchObject({
      error: 'access_denied',
      error_description: 'The user refused.',
    });
  });
});

describe('oauth4webapi, unchanged', () => {
  it('discovers and obtains a token of the client itself', async () => {
    const issuer = new URL(`${demo.addresses.api}${tpp.prefix}`);
    const transport = { [oauth.customFetch]: overMutualTls } as const;
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...transport });
    const server = await oauth.processDiscoveryResponse(issuer, discovered);
    const self = { client_id: tpp.clientId, use_mtls_endpoint_aliases: true };
    const parameters = new URLSearchParams({ scope: 'pisp' });
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      self,
      oauth.TlsClientAuth(),
      parameters,
      transport,
    );
    const tokens = await oauth.processClientCredentialsResponse(server, self, answer);
    expect([tokens.token_type, tokens.scope]).toEqual(['bearer', 'pisp']);
    const refused = await oauth.clientCredentialsGrantRequest(
      server,
      self,
      oauth.TlsClientAuth(),
      new URLSearchParams({ scope: 'aisp' }),
      transport,
    );
    await expect(oauth.processClientCredentialsResponse(server, self, refused)).rejects.toMatchObject({
      error: 'invalid_scope',
    });
  });
});

describe('the dynamic registration of oauth4webapi, unchanged', () => {
  const register = async (metadata: Readonly<Record<string, oauth.JsonValue>>) => {
    const issuer = new URL(`${demo.addresses.api}${tpp.prefix}`);
    const transport = { [oauth.customFetch]: overMutualTls } as const;
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...transport });
    const server = await oauth.processDiscoveryResponse(issuer, discovered);
    const answer = await oauth.dynamicClientRegistrationRequest(server, metadata, transport);
    return { server, transport, client: await oauth.processDynamicClientRegistrationResponse(answer) };
  };

  it('registers a client that obtains a token at once', async () => {
    const {
      server,
      transport,
      client: registered,
    } = await register({
      client_name: 'By oauth4webapi',
      redirect_uris: [tpp.redirectUri],
      scope: 'aisp pisp',
      token_endpoint_auth_method: 'tls_client_auth',
      jwks: { keys: [{ kty: 'RSA', x5c: pathOf(tpp.seal) }] },
    });
    expect(registered.client_id).toMatch(/^[0-9a-f]{40}$/);
    expect(registered['provider_legal_id']).toBe(tpp.organizationIdentifier);
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      registered,
      oauth.TlsClientAuth(),
      new URLSearchParams({ scope: 'pisp' }),
      transport,
    );
    expect(await oauth.processClientCredentialsResponse(server, registered, answer)).toMatchObject({ scope: 'pisp' });
  });

  it('understands why it is refused', async () => {
    const jwks = { keys: [{ x5c: pathOf(tpp.seal) }] };
    const refused = register({ client_name: 'Refused', redirect_uris: ['http://tpp.example/'], scope: 'aisp', jwks });
    await expect(refused).rejects.toMatchObject({
      error: 'invalid_redirect_uri',
      error_description: expect.stringContaining('redirect_uris[0]'),
    });
  });
});

describe('registration as foreign clients write it', () => {
  const send = (call: { method?: string; prefix?: string; path?: string; body?: unknown }): Promise<TlsAnswer> =>
    sendOverTls({
      method: call.method ?? 'GET',
      url: `${demo.addresses.api}${call.prefix ?? tpp.prefix}/oauth2/registrations${call.path ?? ''}`,
      ca: demo.ca,
      identity: tpp.qwac,
      headers: call.body === undefined ? {} : { 'content-type': 'application/json;charset=UTF-8' },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
    });
  const register = (change: object, prefix = tpp.prefix) => {
    const metadata = { client_name: 'Foreign', redirect_uris: [tpp.redirectUri], scope: 'aisp' };
    return send({ method: 'POST', prefix, body: { ...metadata, ...change } });
  };
  const keysOf = ({ json }: TlsAnswer) => (json['jwks'] as { keys: Readonly<Record<string, unknown>>[] }).keys;
  const kidOf = (seal: Credential) =>
    createHash('sha256').update(new X509Certificate(seal.certificate).raw).digest('base64url');

  it('takes kid: null, keys without n and e, and grant_types without client_credentials', async () => {
    const answer = await register({
      client_name: 'With what is null',
      scope: 'aisp pisp',
      grant_types: ['authorization_code', 'refresh_token'],
      jwks: { keys: [{ kty: 'RSA', kid: null, alg: null, x5u: null, x5c: pathOf(tpp.seal) }] },
      logo_uri: null,
      contacts: null,
    });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json['grant_types']).toEqual(['authorization_code', 'refresh_token']);
    const jwk = new X509Certificate(tpp.seal.certificate).publicKey.export({ format: 'jwk' });
    expect(keysOf(answer)).toEqual([expect.objectContaining({ ...jwk, use: 'sig', x5c: pathOf(tpp.seal) })]);
    expect(Object.entries(answer.json).filter(([, value]) => value === null)).toEqual([]);
  });

  it('refuses a sealing certificate without its path, with that reason', async () => {
    const [leaf] = pathOf(tpp.seal);
    const answer = await register({ client_name: 'Leaf alone', jwks: { keys: [{ x5c: [leaf] }] } });
    expectRefusal(answer, 400, 'METADATA_INVALID');
    expect(answer.json).toMatchObject({ error: 'invalid_client_metadata' });
    expect(answer.json['error_description']).toContain(
      'jwks.keys[0] must have the full certification path in x5c, the sealing certificate and then its issuers',
    );
  });

  it('completes the path from the trusted list where the brand does so, and takes back what it answers', async () => {
    const [leaf, issuer] = pathOf(tpp.seal);
    const change = { client_name: 'Leaf alone', jwks: { keys: [{ x5c: [leaf] }] } };
    const answer = await register(change, '/second-bank');
    expect(answer.status, answer.text).toBe(201);
    expect(keysOf(answer)[0]?.['x5c']).toEqual([leaf, issuer]);
    const path = `/${String(answer.json['client_id'])}`;
    const read = await send({ prefix: '/second-bank', path });
    const put = await send({ method: 'PUT', prefix: '/second-bank', path, body: read.json });
    expect([put.status, put.json]).toEqual([200, read.json]);
  });

  it('names the errors page of the brand that was asked', async () => {
    const answer = await register({ jwks: { keys: [] } }, '/second-bank');
    expectRefusal(answer, 400, 'METADATA_INVALID');
    const page = `${demo.addresses.web}/second-bank/en/developers/errors`;
    expect(answer.json['documentation']).toBe(`${page}#METADATA_INVALID`);
    expect((await sendOverTls({ method: 'GET', url: page, ca: demo.ca })).text).toContain('id="METADATA_INVALID"');
  });

  it('takes the whole answer of a reading with one key added', async () => {
    const path = `/${tpp.clientId}`;
    const read = await send({ path });
    const added = { kty: 'RSA', kid: null, x5c: pathOf(secondSeal) };
    const put = await send({ method: 'PUT', path, body: { ...read.json, jwks: { keys: [...keysOf(read), added] } } });
    expect(put.status, put.text).toBe(200);
    const { jwks: _keys, ...rest } = read.json;
    expect(put.json).toMatchObject(rest);
    expect(keysOf(put).map(({ kid }) => kid)).toEqual([tpp.seal, secondSeal].map(kidOf));
  });
});

function pathOf({ path }: Credential): string[] {
  const pems = path.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return pems.map((pem) => new X509Certificate(pem).raw.toString('base64'));
}

describe('metadata', () => {
  const read = async (path: string) => sendOverTls({ method: 'GET', url: `${demo.addresses.api}${path}`, ca: demo.ca });

  it('stands at both addresses, without a certificate, and the keys with it', async () => {
    for (const prefix of ['/demo-bank', '/sandbox/demo-bank', '/second-bank']) {
      const inserted = await read(`/.well-known/oauth-authorization-server${prefix}`);
      const appended = await read(`${prefix}/.well-known/oauth-authorization-server`);
      expect(inserted.status).toBe(200);
      expect(appended.json).toEqual(inserted.json);
      expect(inserted.json).toMatchObject({
        issuer: `${demo.addresses.api}${prefix}`,
        token_endpoint: `${demo.addresses.api}${prefix}/oauth2/token`,
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['tls_client_auth'],
        tls_client_certificate_bound_access_tokens: true,
        authorization_response_iss_parameter_supported: true,
      });
      const { json } = await read(`${prefix}/oauth2/jwks`);
      const { keys } = json as { keys: Readonly<Record<string, unknown>>[] };
      expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']]);
    }
  });
});
