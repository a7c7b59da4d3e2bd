import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureBrand } from '../material/configure-brand.js';
import {
  authorizationParameters,
  callToken,
  codeParameters,
  type OauthTpp,
  obtainCode,
  openBrowser,
  registerOauthTpp,
} from '../material/oauth-tpp.js';
import { locationOf } from '../material/psu-browser.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let stranger: OauthTpp;
let all: OauthTpp;
let atDemo: OauthTpp;
let atSecond: OauthTpp;

beforeAll(async () => {
  demo = await startDemo();
  const configuration = join(demo.dataDirectory, 'demo', 'postern.yaml');
  expect((await listAt('/all', undefined)).status).toBe(404);
  configureBrand(demo, 'second-bank', 'registration: { clientsPerOrganization: 2 }');
  appendFileSync(configuration, 'registration: { allBrands: true }\n');
  await demo.crashAndRestart();
  stranger = await register('PSDFR-ACPR-45002', '/demo-bank');
  all = await register('PSDFR-ACPR-45001', '/all');
  atDemo = { ...all, prefix: '/demo-bank' };
  atSecond = { ...all, prefix: '/second-bank' };
});
afterAll(() => demo?.stop());

function register(organizationIdentifier: string, prefix: string): Promise<OauthTpp> {
  const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'];
  return registerOauthTpp(demo, {
    organizationIdentifier,
    roles: 'PSP_AI,PSP_PI',
    scope: 'aisp pisp',
    prefix,
    metadata: { grant_types: grantTypes },
  });
}

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly as?: Credential | undefined;
  readonly body?: unknown;
}

function send({ method = 'GET', path, as = all.qwac, body }: Call): Promise<TlsAnswer> {
  return sendOverTls({
    method,
    url: `${demo.addresses.api}${path}`,
    ca: demo.ca,
    identity: as,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

const listAt = (prefix: string, as: Credential | undefined = all?.qwac) =>
  sendOverTls({
    method: 'GET',
    url: `${demo.addresses.api}${prefix}/oauth2/registrations`,
    ca: demo.ca,
    identity: as,
    headers: {},
  });
const idsOf = ({ json }: TlsAnswer) =>
  (json['registrations'] as { client_id: string }[]).map(({ client_id: clientId }) => clientId);
const own = (prefix: string) => `${prefix}/oauth2/registrations/${all.clientId}`;

function callAccounts(prefix: string, token: unknown): Promise<TlsAnswer> {
  return sendOverTls({
    method: 'GET',
    url: `${demo.addresses.api}${prefix}/stet-psd2-api/v1/accounts`,
    ca: demo.ca,
    identity: all.qwac,
    headers: { authorization: `Bearer ${String(token)}` },
  });
}

describe('one registration for all brands, over TLS', () => {
  it('is described, and shown by the portal of each brand', async () => {
    const { json } = await send({ path: '/all/openapi/registration.json' });
    expect(json['servers']).toEqual([{ url: `${demo.addresses.api}/all` }]);
    expect(JSON.stringify(json['info'])).toContain('every brand');
    const page = await sendOverTls({
      method: 'GET',
      url: `${demo.addresses.web}/second-bank/en/developers/registration`,
      ca: demo.ca,
      headers: {},
    });
    expect(page.text).toContain(`${demo.addresses.api}/sandbox/all/oauth2/registrations`);
    const refused = await send({ path: own('/all'), as: stranger.qwac });
    expect([refused.status, refused.json['documentation']]).toEqual([
      401,
      expect.stringMatching(/\/demo-bank\/en\/developers\/errors#REGISTRATION_NOT_FOUND$/),
    ]);
  });

  it('is listed, read and changed under all, and nowhere else', async () => {
    const read = await send({ path: own('/all') });
    expect(read.json['registration_client_uri']).toBe(`${demo.addresses.api}${own('/all')}`);
    expect(idsOf(await listAt('/all'))).toEqual([all.clientId]);
    const changed = await send({ method: 'PUT', path: own('/all'), body: { ...read.json, scope: 'aisp pisp' } });
    expect(changed.status, changed.text).toBe(200);
    for (const prefix of ['/demo-bank', '/second-bank', '/sandbox/all']) {
      expect(idsOf(await listAt(prefix))).toEqual([]);
      for (const method of ['GET', 'PUT', 'DELETE'])
        expect((await send({ method, path: own(prefix), body: method === 'PUT' ? read.json : undefined })).status).toBe(
          401,
        );
      expect((await send({ method: 'POST', path: `${own(prefix)}/token` })).status).toBe(401);
    }
    const brandOnly = `/all/oauth2/registrations/${stranger.clientId}`;
    expect((await send({ path: brandOnly, as: stranger.qwac })).status).toBe(401);
  });

  it('has no tokens, certificate check or metadata of its own', async () => {
    for (const path of ['/all/certificate-check', '/all/oauth2/jwks', '/.well-known/oauth-authorization-server/all'])
      expect((await send({ path })).status).toBe(404);
    expect((await callToken(demo, all, { grant_type: 'client_credentials', scope: 'pisp' })).status).toBe(404);
  });

  it('A1, T31: the client is known at each brand of its environment; its tokens are of one brand', async () => {
    const shown = async (tpp: OauthTpp) => {
      const browser = openBrowser(demo);
      const query = new URLSearchParams(authorizationParameters(tpp)).toString();
      const answer = await browser.get(`${tpp.prefix}/oauth2/en/authorize?${query}`);
      return answer.status === 303 ? (await browser.get(locationOf(answer))).body : String(answer.status);
    };
    expect(await shown(atDemo)).toContain('Demo Bank');
    expect(await shown(atSecond)).toContain('Second Bank');
    expect(await shown({ ...all, prefix: '/sandbox/demo-bank' })).toBe('400');
    const granted = await callToken(demo, atSecond, { grant_type: 'client_credentials', scope: 'pisp' });
    expect(granted.status, granted.text).toBe(200);
    const sandbox = { ...all, prefix: '/sandbox/demo-bank' };
    expect((await callToken(demo, sandbox, { grant_type: 'client_credentials', scope: 'pisp' })).status).toBe(401);
  });

  it('T16, T31: a code, a refresh token and an access token of one brand are nothing at another', async () => {
    const code = await obtainCode(demo, atSecond);
    const misplaced = await callToken(demo, atDemo, codeParameters(code));
    expect([misplaced.status, misplaced.json['error']]).toEqual([400, 'invalid_grant']);
    const { json } = await callToken(demo, atSecond, codeParameters(code));
    expect(json['access_token']).toEqual(expect.any(String));
    const elsewhere = await callAccounts('/demo-bank', json['access_token']);
    expect([elsewhere.status, elsewhere.text]).toEqual([401, expect.stringContaining('TOKEN_INVALID')]);
    expect((await callAccounts('/second-bank', json['access_token'])).text).not.toContain('TOKEN_INVALID');
    const refresh = { grant_type: 'refresh_token', refresh_token: String(json['refresh_token']) };
    expect((await callToken(demo, atDemo, refresh)).json['error']).toBe('invalid_grant');
    expect((await callToken(demo, atSecond, refresh)).status).toBe(200);
  });

  it('R58: counts against a quota of its own, the least of any brand; a deletion ends it at every brand', async () => {
    const { json } = await send({ path: own('/all') });
    const again = { client_name: 'Another', redirect_uris: json['redirect_uris'], scope: 'aisp', jwks: json['jwks'] };
    const post = (name: string) =>
      send({ method: 'POST', path: '/all/oauth2/registrations', body: { ...again, client_name: name } });
    expect((await post('Another')).status).toBe(201);
    expect((await post('A third')).status).toBe(429);
    expect((await send({ method: 'DELETE', path: own('/all') })).status).toBe(204);
    for (const tpp of [atDemo, atSecond])
      expect((await callToken(demo, tpp, { grant_type: 'client_credentials', scope: 'pisp' })).status).toBe(401);
  });
});
