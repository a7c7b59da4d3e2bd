import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizationParameters,
  callToken,
  challengeOf,
  codeParameters,
  newVerifier,
  type OauthTpp,
  obtainCode,
  openBrowser,
  registerOauthTpp,
} from '../material/oauth-tpp.js';
import { accountsOf, codesOf, formTokenOf, locationOf, type PsuBrowser } from '../material/psu-browser.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let tpp: OauthTpp;
let other: OauthTpp;

const arabic = 'تطبيق الحسابات';

beforeAll(async () => {
  demo = await startDemo();
  const plan = { roles: 'PSP_AI', scope: 'aisp' };
  tpp = await registerOauthTpp(demo, {
    ...plan,
    organizationIdentifier: 'PSDFR-ACPR-45001',
    metadata: { client_name: arabic, require_pushed_authorization_requests: true },
  });
  other = await registerOauthTpp(demo, { ...plan, organizationIdentifier: 'PSDFR-ACPR-45002' });
});
afterAll(() => demo?.stop());

function expectError(answer: TlsAnswer, status: number, error: string): void {
  expect([answer.status, answer.json['error']], answer.text).toEqual([status, error]);
}

/** A form at an endpoint of the authorization server, as one of the third parties. */
function postTo(
  endpoint: string,
  form: Readonly<Record<string, string>>,
  as: OauthTpp | undefined,
): Promise<TlsAnswer> {
  return sendOverTls({
    method: 'POST',
    url: `${demo.addresses.api}/demo-bank/oauth2/${endpoint}`,
    ca: demo.ca,
    identity: as?.qwac,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}

async function readMetadata(): Promise<Readonly<Record<string, unknown>>> {
  const url = `${demo.addresses.api}/demo-bank/.well-known/oauth-authorization-server`;
  return (await sendOverTls({ method: 'GET', url, ca: demo.ca })).json;
}

function targetOf(lang: 'fr' | 'en', change: Readonly<Record<string, string>> = {}): string {
  return `/demo-bank/oauth2/${lang}/authorize?${new URLSearchParams(authorizationParameters(tpp, change)).toString()}`;
}

async function begin(browser: PsuBrowser = openBrowser(demo), lang: 'fr' | 'en' = 'en') {
  const page = locationOf(await browser.get(targetOf(lang)));
  const submit = async (form: Readonly<Record<string, string | readonly string[]>>) =>
    browser.post(page, { form_token: formTokenOf(await browser.get(page)), ...form });
  const signIn = () => submit({ answer: 'continue', user: 'noam', password: 'noam-demo' });
  const codes = async () => codesOf(await browser.get('/demo-bank/en/phone?user=noam'));
  return { browser, page, submit, signIn, codes };
}

describe('codes and their verifiers, over mutual TLS', () => {
  it('T21: without a challenge there is no code that a verifier could come to', async () => {
    const parameters = new URLSearchParams(authorizationParameters(tpp));
    parameters.delete('code_challenge');
    parameters.delete('code_challenge_method');
    const answer = await openBrowser(demo).get(`/demo-bank/oauth2/en/authorize?${parameters.toString()}`);
    const back = new URL(locationOf(answer));
    expect([back.searchParams.get('error'), back.searchParams.get('code')]).toEqual(['invalid_request', null]);
    const granted = await obtainCode(demo, tpp);
    const verifier = newVerifier();
    expectError(await callToken(demo, tpp, codeParameters({ ...granted, verifier })), 400, 'invalid_grant');
    expectError(await callToken(demo, tpp, codeParameters({ ...granted, verifier: '' })), 400, 'invalid_grant');
    expect((await callToken(demo, tpp, codeParameters(granted))).status).toBe(200);
  });

  it('A37: a code that another application on the phone took is nothing without the verifier, nor with the challenge', async () => {
    const granted = await obtainCode(demo, tpp);
    const stolen = { grant_type: 'authorization_code', code: granted.code, redirect_uri: tpp.redirectUri };
    expectError(await callToken(demo, tpp, stolen), 400, 'invalid_grant');
    const challenge = challengeOf(granted.verifier);
    expectError(await callToken(demo, tpp, { ...stolen, code_verifier: challenge }), 400, 'invalid_grant');
    expect((await callToken(demo, tpp, codeParameters(granted))).status).toBe(200);
  });

  it.each([
    'com.tpp.app:/callback',
    'tpp://callback',
    'http://127.0.0.1/callback',
  ])('A37: %s is no address that a code is brought to', async (redirect_uri) => {
    const answer = await openBrowser(demo).get(targetOf('en', { redirect_uri }));
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
  });
});

describe('assertions nobody asked for, over mutual TLS', () => {
  const encode = (value: object | string) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const manyClaims = () => Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`c${index}`, 1]));
  const packed = () => {
    let inner = Buffer.alloc(4_000_000);
    for (let depth = 0; depth < 3; depth += 1) inner = deflateRawSync(inner);
    return inner.toString('base64url');
  };

  it.each<[string, () => string, number]>([
    ['100 KiB', () => 'x'.repeat(102_400), 413],
    ['10,000 claims', () => `${encode({ alg: 'RS256' })}.${encode(manyClaims()).slice(0, 55_000)}.x`, 400],
    ['nested zip', () => `${encode({ alg: 'dir', enc: 'A128GCM', zip: 'DEF', cty: 'JWT' })}..x.${packed()}.x`, 400],
  ])('T29: one of %s is refused unread', async (_what, make, status) => {
    const form = { grant_type: 'client_credentials', client_assertion_type: type, client_assertion: make() };
    expectError(await callToken(demo, tpp, form), status, 'invalid_request');
    const asGrant = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: make() };
    expectError(
      await callToken(demo, tpp, asGrant),
      status,
      status === 413 ? 'invalid_request' : 'unsupported_grant_type',
    );
  });
});

describe('endpoints that are not there, over mutual TLS', () => {
  it('T38: nobody introspects a token, and the metadata offers it to nobody', async () => {
    const { json } = await callToken(demo, tpp, codeParameters(await obtainCode(demo, tpp)));
    const form = { token: String(json['access_token']), client_id: other.clientId };
    for (const as of [undefined, tpp, other]) {
      const answer = await postTo('introspect', form, as);
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain('active');
    }
    expect(await readMetadata()).not.toHaveProperty('introspection_endpoint');
  });

  it('T39: nobody revokes a token of another client, and it lives on', async () => {
    const { json } = await callToken(demo, tpp, codeParameters(await obtainCode(demo, tpp)));
    const token = String(json['refresh_token']);
    expect((await postTo('revoke', { token, client_id: other.clientId }, other)).status).toBe(404);
    const refreshed = await callToken(demo, tpp, { grant_type: 'refresh_token', refresh_token: token });
    expect(refreshed.status).toBe(200);
    expect(await readMetadata()).not.toHaveProperty('revocation_endpoint');
  });

  it('A39: no request is pushed; what one organisation asked for is not exchanged by another', async () => {
    expect((await postTo('par', authorizationParameters(tpp), tpp)).status).toBe(404);
    expect(await readMetadata()).not.toHaveProperty('pushed_authorization_request_endpoint');
    const granted = codeParameters(await obtainCode(demo, tpp));
    const mixed = await callToken(demo, tpp, granted, { identity: other.qwac });
    expectError(mixed, 401, 'invalid_client');
    expectError(await callToken(demo, other, granted), 400, 'invalid_grant');
  });

  it('A40: nobody can ask to be served by pushed requests alone, and is not told so', async () => {
    const url = `${demo.addresses.api}/demo-bank/oauth2/registrations/${tpp.clientId}`;
    const { json } = await sendOverTls({ method: 'GET', url, ca: demo.ca, identity: tpp.qwac });
    expect(json['client_id']).toBe(tpp.clientId);
    expect(json).not.toHaveProperty('require_pushed_authorization_requests');
    expect(await readMetadata()).not.toHaveProperty('require_pushed_authorization_requests');
    const request_uri = 'urn:ietf:params:oauth:request_uri:x';
    const back = new URL(locationOf(await openBrowser(demo).get(targetOf('en', { request_uri }))));
    expect(back.searchParams.get('error')).toBe('request_uri_not_supported');
  });
});

describe('the second factor, over TLS', () => {
  it('A28: a code confirms the authorization that it was sent for, once, and no other', async () => {
    const one = await begin();
    const before = new Set(await one.codes());
    await one.signIn();
    const code = (await one.codes()).find((each) => !before.has(each)) ?? '';
    const two = await begin();
    await two.signIn();
    expect((await two.submit({ answer: 'continue', code })).status).toBe(422);
    expect((await one.submit({ answer: 'continue', code })).status).toBe(303);
    expect((await two.submit({ answer: 'continue', code })).status).toBe(422);
    expect(accountsOf(await one.browser.get(one.page))).not.toHaveLength(0);
    expect(accountsOf(await two.browser.get(two.page))).toHaveLength(0);
  });
});

describe('the last page, over TLS', () => {
  it('A45: names, accounts, amounts and the end stand there in every language, and nothing hides or turns them round', async () => {
    const psu = await begin();
    await psu.signIn();
    await psu.submit({ answer: 'continue', code: (await psu.codes())[0] ?? '' });
    const english = await psu.browser.get(psu.page);
    const french = await psu.browser.get(psu.page.replace('/en/', '/fr/'));
    const pages = [english, french].map(({ body }) => body);
    for (const body of pages) {
      expect(body).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      expect(body).not.toMatch(/ dir="rtl"| hidden| style=/);
      expect(body).toContain(`<bdi class="name">${arabic}</bdi>`);
      expect(body).toContain('PSDFR-ACPR-45001');
    }
    const [ofEnglish, ofFrench] = pages.map(readAccounts);
    expect(ofEnglish?.length).toBe(accountsOf(english).length);
    expect(ofFrench).toEqual(ofEnglish);
    for (const account of ofEnglish ?? []) expect(account.balance).toMatch(/^-?\d+$/);
    const dates = pages.map((body) => [...body.matchAll(/datetime="([^"]+)"/g)].map(([, at]) => at));
    expect(dates[0]?.length).toBeGreaterThan(0);
    expect(dates[1]).toEqual(dates[0]);
  });

  /** What a person must be able to compare, without what a language changes: names, digits of the balance, numbers. */
  function readAccounts(body: string) {
    return [...body.matchAll(/<label for="account-\d+">(.*?)<\/label>/gs)].map(([, label = '']) => {
      const read = (name: string) => new RegExp(`<span class="${name}">(.*?)</span>`, 's').exec(label)?.[1] ?? '';
      const amount = read('account-balance').replaceAll(/<[^<>]*>/g, '');
      const sign = /[-−]/.test(amount) ? '-' : '';
      return { name: read('account-name'), iban: read('iban'), balance: `${sign}${amount.replaceAll(/\D/g, '')}` };
    });
  }
});
