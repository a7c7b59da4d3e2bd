import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agree, authorizationParameters, type OauthTpp, openBrowser, registerOauthTpp } from '../material/oauth-tpp.js';
import { formTokenOf, locationOf } from '../material/psu-browser.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let tpp: OauthTpp;

beforeAll(async () => {
  demo = await startDemo();
  tpp = await registerOauthTpp(demo, {
    organizationIdentifier: 'PSDFR-ACPR-52001',
    roles: 'PSP_AI,PSP_PI',
    scope: 'aisp extended_transaction_history pisp',
  });
});
afterAll(() => demo.stop());

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
