import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizationParameters,
  type OauthTpp,
  obtainCode,
  openBrowser,
  registerOauthTpp,
} from '../material/oauth-tpp.js';
import {
  accountsOf,
  type BrowserAnswer,
  codesOf,
  formTokenOf,
  locationOf,
  type PsuBrowser,
} from '../material/psu-browser.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

const hostile = '"><b>Bold</b>&';

let demo: RunningDemo;
let tpp: OauthTpp;
let several: OauthTpp;

beforeAll(async () => {
  demo = await startDemo();
  const plan = { roles: 'PSP_AI', scope: 'aisp extended_transaction_history' };
  tpp = await registerOauthTpp(demo, {
    ...plan,
    organizationIdentifier: 'PSDFR-ACPR-44001',
    metadata: { client_name: hostile },
  });
  several = await registerOauthTpp(demo, {
    ...plan,
    organizationIdentifier: 'PSDFR-ACPR-44002',
    metadata: { redirect_uris: ['https://tpp.example/callback', 'https://tpp.example/other'] },
  });
});
afterAll(() => demo.stop());

type Change = Readonly<Record<string, string | undefined>>;

function targetOf(change: Change = {}, more = '', of: () => OauthTpp = () => tpp): string {
  const all = Object.entries({ ...authorizationParameters(of()), ...change }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return `/demo-bank/oauth2/en/authorize?${new URLSearchParams(all).toString()}${more}`;
}

function expectPage(answer: BrowserAnswer): void {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers['location']).toBeUndefined();
  expect(String(answer.headers['content-type'])).toContain('text/html');
}

function expectReturn(answer: BrowserAnswer, error: string): URL {
  expect(answer.status).toBe(303);
  const url = new URL(locationOf(answer));
  expect(`${url.origin}${url.pathname}`).toBe(tpp.redirectUri);
  expect(url.searchParams.get('error')).toBe(error);
  expect(url.searchParams.get('iss')).toBe(`${demo.addresses.api}/demo-bank`);
  return url;
}

async function begin(browser: PsuBrowser = openBrowser(demo)) {
  const page = locationOf(await browser.get(targetOf()));
  const submit = async (
    form: Readonly<Record<string, string | readonly string[]>>,
    headers: Readonly<Record<string, string>> = {},
  ) => browser.post(page, { form_token: formTokenOf(await browser.get(page)), ...form }, headers);
  const authenticate = async (user: string) => {
    await submit({ answer: 'continue', user, password: `${user}-demo` });
    const phone = await browser.get(`/demo-bank/en/phone?user=${user}`);
    return submit({ answer: 'continue', code: codesOf(phone)[0] ?? '' });
  };
  return { browser, page, submit, authenticate };
}

describe('the authorization endpoint, over TLS', () => {
  it.each<[string, Change]>([
    ['A1: client_id unknown', { client_id: 'a'.repeat(40) }],
    ['A1: client_id missing', { client_id: undefined }],
    ['A2: another case', { redirect_uri: 'https://tpp.example/Callback' }],
    ['A2: a slash more', { redirect_uri: 'https://tpp.example/callback/' }],
    ['A2: a query more', { redirect_uri: 'https://tpp.example/callback?x=1' }],
    ['A2: a port', { redirect_uri: 'https://tpp.example:443/callback' }],
    ['A2: an encoded slash', { redirect_uri: 'https://tpp.example%2Fcallback' }],
    ['A2: a subdomain', { redirect_uri: 'https://x.tpp.example/callback' }],
    ['A2: two slashes', { redirect_uri: 'https://tpp.example//callback' }],
    ['A2: user information', { redirect_uri: 'https://tpp.example@evil.example/callback' }],
    ['A2: a line break', { redirect_uri: 'https://tpp.example/callback\r\nLocation: https://evil.example' }],
    ['A4: loopback', { redirect_uri: 'http://127.0.0.1:9999/callback' }],
    ['A21: a foreign address', { redirect_uri: 'https://evil.example/' }],
  ])('%s is a page, never a redirection', async (_title, change) => {
    expectPage(await openBrowser(demo).get(targetOf(change)));
  });

  it('A1: a client of another environment or brand is unknown', async () => {
    for (const prefix of ['/sandbox/demo-bank', '/second-bank']) {
      expectPage(await openBrowser(demo).get(targetOf().replace('/demo-bank', prefix)));
    }
  });

  it('A3: redirect_uri missing with several registered', async () => {
    expectPage(await openBrowser(demo).get(targetOf({ redirect_uri: undefined }, '', () => several)));
  });

  it.each<[string, Change, string, string]>([
    ['A5: response_type missing', { response_type: undefined }, '', 'invalid_request'],
    ['A5: token', { response_type: 'token' }, '', 'unsupported_response_type'],
    ['A5: none', { response_type: 'none' }, '', 'unsupported_response_type'],
    ['A7: no code_challenge', { code_challenge: undefined }, '', 'invalid_request'],
    ['A8: plain', { code_challenge_method: 'plain' }, '', 'invalid_request'],
    ['A8: method absent', { code_challenge_method: undefined }, '', 'invalid_request'],
    ['A9: 42 characters', { code_challenge: 'a'.repeat(42) }, '', 'invalid_request'],
    ['A9: 129 characters', { code_challenge: 'a'.repeat(129) }, '', 'invalid_request'],
    ['A9: other characters', { code_challenge: `${'a'.repeat(42)}!` }, '', 'invalid_request'],
    ['A10: scope empty', { scope: '' }, '', 'invalid_scope'],
    ['A10: scope unknown', { scope: 'aisp admin' }, '', 'invalid_scope'],
    ['A10: scope over role', { scope: 'aisp cbpii' }, '', 'invalid_scope'],
    ['A11: scope twice', {}, '&scope=aisp', 'invalid_request'],
    ['A13: state over the cap', { state: 'x'.repeat(2_049) }, '', 'invalid_request'],
    ['A14: request', { request: 'eyJ' }, '', 'request_not_supported'],
    ['A14: request_uri', { request_uri: 'http://169.254.169.254/' }, '', 'request_uri_not_supported'],
    [
      'A15: a guessed request_uri',
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      '',
      'request_uri_not_supported',
    ],
  ])('%s goes back to the third party, with iss (A17)', async (_title, change, more, error) => {
    expectReturn(await openBrowser(demo).get(targetOf(change, more)), error);
  });

  it('A11: client_id or redirect_uri twice', async () => {
    expectPage(await openBrowser(demo).get(targetOf({}, `&client_id=${tpp.clientId}`)));
    expectPage(await openBrowser(demo).get(targetOf({}, '&redirect_uri=https%3A%2F%2Fevil.example')));
  });

  it('A13: state comes back byte for byte, whatever it holds', async () => {
    const state = '\r\nSet-Cookie: a=b <script>é😀 +%&=#';
    const url = expectReturn(await openBrowser(demo).get(targetOf({ state, scope: '' })), 'invalid_scope');
    expect(url.searchParams.get('state')).toBe(state);
  });

  it('D: a target over the limit of the listener', async () => {
    const answer = await openBrowser(demo).get(targetOf({ state: 'x'.repeat(9_000) }));
    expect([413, 414, 431]).toContain(answer.status);
  });
});

describe('the pages of the PSU, over TLS', () => {
  it('A16 A35: reflect nothing unescaped', async () => {
    const browser = openBrowser(demo);
    const more = `&login_hint=${encodeURIComponent(hostile)}&prompt=${encodeURIComponent(hostile)}&ui_locales=${encodeURIComponent(hostile)}`;
    const page = await browser.get(locationOf(await browser.get(targetOf({}, more))));
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('<b>Bold');
    expect(page.body).toContain('Bold');
  });

  it('A17: the metadata says that every answer carries iss', async () => {
    const url = `${demo.addresses.api}/demo-bank/.well-known/oauth-authorization-server`;
    const { json } = await sendOverTls({ method: 'GET', url, ca: demo.ca });
    expect(json['authorization_response_iss_parameter_supported']).toBe(true);
  });

  it('A19 A22 A31 A43 A44: headers and cookie', async () => {
    const browser = openBrowser(demo);
    const start = await browser.get(targetOf());
    expect(String(start.headers['set-cookie'])).toMatch(
      /^__Host-[\w-]+=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
    );
    const { headers, body } = await browser.get(locationOf(start));
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(String(headers['content-security-policy'])).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    const sources = [...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, source = '']) => source);
    for (const source of sources) expect(source).toMatch(/^(\/|#|data:)/);
  });

  it('A20: every redirection after a form is a 303', async () => {
    const { submit, authenticate, browser, page } = await begin();
    expect((await authenticate('camille')).status).toBe(303);
    const accounts = accountsOf(await browser.get(page));
    expect((await submit({ answer: 'agree', account: accounts })).status).toBe(303);
  });

  it('A23: consent without the token, with another session’s, or by GET', async () => {
    const { browser, page, authenticate } = await begin();
    const stranger = await begin();
    await authenticate('noam');
    const consent = await browser.get(page);
    const form = { answer: 'agree', account: accountsOf(consent) };
    const foreign = formTokenOf(await stranger.browser.get(stranger.page));
    expect((await browser.post(page, form)).status).toBe(403);
    expect((await browser.post(page, { ...form, form_token: foreign })).status).toBe(403);
    const token = formTokenOf(consent);
    expect((await browser.post(page, { ...form, form_token: token }, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await browser.post(page, { ...form, form_token: token }, { 'sec-fetch-site': 'same-site' })).status).toBe(
      403,
    );
    const got = await browser.get(`${page}?${new URLSearchParams({ answer: 'agree', form_token: token }).toString()}`);
    expect(got.status).toBe(200);
  });

  it('A25: the authorization of another browser', async () => {
    const { page } = await begin();
    const stranger = await begin();
    expect((await stranger.browser.get(page)).status).toBe(404);
    const token = formTokenOf(await stranger.browser.get(stranger.page));
    expect((await stranger.browser.post(page, { form_token: token, answer: 'refuse' })).status).toBe(404);
    expect((await openBrowser(demo).get(page)).status).toBe(404);
  });

  it('A26: an account that is not the PSU’s', async () => {
    const noam = await begin();
    await noam.authenticate('noam');
    const [his = ''] = accountsOf(await noam.browser.get(noam.page));
    const lucie = await begin();
    await lucie.authenticate('lucie');
    expect((await lucie.submit({ answer: 'agree', account: his })).status).toBe(403);
  });

  it('A29: the back button after the return, and a double answer', async () => {
    const { browser, page, authenticate } = await begin();
    await authenticate('noam');
    const consent = await browser.get(page);
    const form = { form_token: formTokenOf(consent), answer: 'agree', account: accountsOf(consent) };
    const answers = await Promise.all([1, 2, 3, 4].map(() => browser.post(page, form)));
    expect(new Set(answers.map(locationOf))).toEqual(new Set([expect.stringMatching(/[?&]code=[\w-]{43}&/)]));
    expect((await browser.get(page)).status).toBe(404);
  });

  it('A34: the same text for a wrong password and an unknown user', async () => {
    const texts = await Promise.all(
      ['noam', 'nobody'].map(async (user) => {
        const answer = await (await begin()).submit({ answer: 'continue', user, password: 'wrong' });
        const text = answer.body.replaceAll(/value="[^"]*"|datetime="[^"]*"|authorize\/[0-9a-f-]+/g, '');
        return { status: answer.status, text };
      }),
    );
    expect(texts[0]).toEqual(texts[1]);
  });

  it('A32 A33: five failures, spread over browsers, block and send back', async () => {
    for (let attempt = 1; attempt < 5; attempt += 1) {
      expect((await (await begin()).submit({ answer: 'continue', user: 'nobody-else', password: 'x' })).status).toBe(
        422,
      );
    }
    const fifth = await (await begin()).submit({ answer: 'continue', user: 'nobody-else', password: 'x' });
    expectReturn(fifth, 'access_denied');
    const next = await (await begin()).submit({ answer: 'continue', user: 'Nobody-Else', password: 'x' });
    expectReturn(next, 'access_denied');
  });

  it('A41: the PSU refuses', async () => {
    const { submit } = await begin();
    expectReturn(await submit({ answer: 'refuse' }), 'access_denied');
  });

  it('A43: frames and fetches get nothing', async () => {
    const { browser, page } = await begin();
    for (const destination of ['iframe', 'image', 'empty']) {
      expect((await browser.get(page, { 'sec-fetch-dest': destination })).status).toBe(403);
    }
  });

  it('stays up and usable after all of this', async () => {
    expect((await obtainCode(demo, tpp)).code).toMatch(/^[\w-]{43}$/);
  });
});
