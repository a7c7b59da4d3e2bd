import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newEc, newRsa, requestText } from '../material/certification-request.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

type Fields = readonly (readonly [string, string])[];
type Headers = Readonly<Record<string, string>>;

const developers = '/demo-bank/en/developers';
const asked = `${developers}/test-certificates`;
const mine = `${asked}/mine`;

let demo: RunningDemo;
/** Of an owner of test certificates. */
let cookie: string;

beforeAll(async () => {
  demo = await startDemo();
  const [first] = await sendFilesTwice(asked, application());
  cookie = String(first?.headers['set-cookie']).split(';')[0] ?? '';
});
afterAll(() => demo?.stop());

function send(method: string, path: string, headers: Headers = {}, body?: string | Uint8Array): Promise<TlsAnswer> {
  return sendOverTls({ method, url: `${demo.addresses.web}${path}`, ca: demo.ca, headers, body });
}

async function tokenOf(path: string, headers: Headers = {}): Promise<string> {
  const { text } = await send('GET', path, headers);
  return /name="form_token" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

/** The form of a page, filled in and sent twice at once. */
async function sendTwice(path: string, fields: Headers, { from = path, ...headers }: Headers = {}) {
  const body = new URLSearchParams({ form_token: await tokenOf(from, headers), ...fields }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return Promise.all([1, 2].map(() => send('POST', path, { ...type, ...headers }, body)));
}

/** The same where the form has files: a browser puts another boundary between the parts each time. */
async function sendFilesTwice(path: string, fields: Fields, headers: Headers = {}) {
  const all: Fields = [['form_token', await tokenOf(path, headers)], ...fields];
  return Promise.all(
    [1, 2].map(async () => {
      const form = new FormData();
      for (const [name, value] of all) form.append(name, value);
      const sent = new Response(form);
      const type = { 'content-type': sent.headers.get('content-type') ?? '' };
      return send('POST', path, { ...type, ...headers }, new Uint8Array(await sent.arrayBuffer()));
    }),
  );
}

function application(): Fields {
  return [
    ['organization_name', 'Jeune Pousse SAS'],
    ['contact', 'dev@pousse.example'],
    ['role', 'PSP_AI'],
    ['website_csr', requestText(newEc())],
    ['seal_csr', requestText(newRsa())],
  ];
}

const said = ({ status, headers, text }: TlsAnswer) => ({
  status,
  location: headers['location'],
  cookie: headers['set-cookie'],
  text,
});

function expectSame([one, two]: readonly TlsAnswer[], status: number): void {
  expect(one?.status, one?.text).toBe(status);
  expect(two && said(two)).toEqual(one && said(one));
}

async function serials(): Promise<readonly string[]> {
  const { text } = await send('GET', mine, { cookie });
  return [...new Set([...text.matchAll(/mine\/([0-9a-f]{32})\.pem/g)].map(([, serial = '']) => serial))];
}

describe('a form that is sent twice, over TLS', () => {
  it('the contact page has one message, under one reference', async () => {
    const message = { kind: 'question', page: '', message: 'Is this sent twice?', email: '' };
    const answers = await sendTwice(`${developers}/contact`, message);
    expectSame(answers, 200);
    const reference = /[0-9a-f]{8}-[0-9a-f-]{27}/;
    const again = await sendTwice(`${developers}/contact`, message);
    expect(reference.exec(again[0]?.text ?? '')?.[0]).not.toBe(reference.exec(answers[0]?.text ?? '')?.[0]);
  });

  it('a request for test certificates shows the one secret both times', async () => {
    const answers = await sendFilesTwice(asked, application());
    expectSame(answers, 201);
    expect(answers[0]?.text).toContain('secret');
  });

  it.each<[string, Headers]>([
    ['hold', {}],
    ['release', {}],
    ['register', { state: 'suspended' }],
    ['register', { state: 'active' }],
    ['revoke', { reason: 'superseded' }],
  ])('an owner’s %s is done once', async (deed, fields) => {
    const [serial_number = ''] = await serials();
    const form = deed === 'register' ? fields : { ...fields, serial_number };
    const answers = await sendTwice(`${mine}/${deed}`, form, { cookie, from: mine });
    expectSame(answers, 303);
    expect(answers[1]?.headers['location']).toBe(`${mine}?done=${deed}`);
  });

  it('a renewal issues one certificate', async () => {
    const before = await serials();
    const answers = await sendFilesTwice(`${mine}/renew`, [['website_csr', requestText(newEc())]], { cookie });
    expectSame(answers, 303);
    expect((await serials()).length).toBe(before.length + 1);
  });

  it('a kit of broken certificates is issued once', async () => {
    expectSame(await sendTwice(`${mine}/kit`, {}, { cookie }), 303);
    const { text } = await send('GET', `${mine}/kit`, { cookie });
    const files = [...text.matchAll(/mine\/([0-9a-f]{32})\.pem/g)].map(([, serial]) => serial);
    expect(new Set(files).size).toBe(files.length);
  });

  it('the way out of one’s own page, and the way in', async () => {
    expectSame(await sendTwice(`${mine}/leave`, {}, { cookie, from: mine }), 303);
    const [, id = '', secret = ''] = /^[^=]+=([^.]+)\.(.+)$/.exec(cookie) ?? [];
    expectSame(await sendTwice(mine, { id, secret }), 303);
  });

  it('a journey is run once', async () => {
    const answers = await sendTwice(`${developers}/journey`, {});
    expectSame(answers, 200);
  });

  it.each([
    ['certificate-inspector', { certificate: 'x', use: 'website' }],
    ['signing-bench', { request: 'GET / HTTP/1.1', certificate: '' }],
  ])('the %s keeps nothing, and says the same', async (tool, fields) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(fields).toString();
    const answers = await Promise.all([1, 2].map(() => send('POST', `${developers}/${tool}`, type, body)));
    expectSame(answers, 400);
  });
});
