import { type KitDefect, kitDefects } from '@postern/web/views/kit-defect.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { keyText, newEc, newRsa, requestText } from '../material/certification-request.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { sendOverTls, type TlsAnswer, type TlsCall } from '../material/send-over-tls.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let owner: Owner;

interface Owner {
  readonly id: string;
  readonly secret: string;
  readonly cookie: string;
}

const page = '/demo-bank/en/developers/test-certificates';
const mine = `${page}/mine`;
const organization = 'Jeune Pousse SAS';

beforeAll(async () => {
  demo = await startDemo();
  owner = await apply('PSP_AI');
});

afterAll(() => demo?.stop());

type Fields = readonly (readonly [string, string | Blob])[];
type Headers = Readonly<Record<string, string>>;

function filled(change: Readonly<Record<string, string | Blob | undefined>> = {}): Fields {
  const usual = {
    organization_name: organization,
    contact: 'dev@pousse.example',
    role: 'PSP_AI',
    website_csr: requestText(newEc()),
    seal_csr: requestText(newRsa()),
  };
  return Object.entries({ ...usual, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
}

/** As a browser sends it: multipart where the form has files. */
async function postFiles(path: string, fields: Fields, headers: Headers = {}): Promise<TlsAnswer> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const sent = new Response(form);
  const type = { 'content-type': sent.headers.get('content-type') ?? '' };
  return send('POST', path, { ...type, ...headers }, new Uint8Array(await sent.arrayBuffer()));
}

function post(path: string, fields: Readonly<Record<string, string>>, headers: Headers = {}): Promise<TlsAnswer> {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return send('POST', path, { ...type, ...headers }, new URLSearchParams(fields).toString());
}

const get = (path: string, headers: Headers = {}) => send('GET', path, headers);

function send(method: string, path: string, headers: Headers, body?: string | Uint8Array): Promise<TlsAnswer> {
  return sendOverTls({ method, url: `${demo.addresses.web}${path}`, ca: demo.ca, headers, body });
}

async function apply(role: string): Promise<Owner> {
  const answer = await postFiles(page, filled({ role }));
  expect(answer.status, answer.text).toBe(201);
  const [, json = ''] = /<code>(\{[^<]*secret[^<]*)<\/code>/.exec(answer.text) ?? [];
  const said = JSON.parse(json.replaceAll('&quot;', '"')) as { id: string; secret: string };
  const [line = ''] = [answer.headers['set-cookie'] ?? ''].flat();
  expect(line).toMatch(/^__Host-postern-sandbox-demo-bank=\S+; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  return { ...said, cookie: line.slice(0, line.indexOf(';')) };
}

const tokenOf = ({ text }: TlsAnswer) => /name="form_token" value="([^"]+)"/.exec(text)?.[1] ?? '';
const serialsOf = ({ text }: TlsAnswer) =>
  [...text.matchAll(/mine\/([0-9a-f]{32})\.pem/g)].map((match) => match[1] ?? '');

describe('the form for test certificates', () => {
  it.each([
    ['K13', 'pasted', keyText(newRsa())],
    ['K13', 'chosen as a file in PEM', new Blob([keyText(newRsa())])],
    ['K13', 'chosen as a file in DER', new Blob([newRsa().privateKey.export({ type: 'pkcs8', format: 'der' })])],
  ])('%s: refuses a private key that is %s, says what to do, and does not repeat it', async (_row, _how, key) => {
    const pasted = typeof key === 'string';
    const change = pasted ? { website_csr: key } : { website_csr: undefined, website_csr_file: key };
    const answer = await postFiles(page, filled(change));
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('this is a private key. Nothing of it was kept');
    expect(answer.text).toContain('<a href="#website_csr">');
    const octets = pasted ? key : Buffer.from(await key.arrayBuffer());
    const body = pasted ? (key.split('\n')[1] ?? '') : Buffer.from(octets).toString('base64').slice(0, 60);
    expect(answer.text).not.toContain(body);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('K1, K2, K5: refuses with the reason at its field, and keeps what was typed', async () => {
    const name = { organizationIdentifier: 'PSDFR-ACPR-12345', commonName: 'x' };
    const one = newRsa();
    for (const [change, field, words] of [
      [{ website_csr: requestText(newRsa(), { signer: newRsa().privateKey }) }, 'website_csr', 'does not verify'],
      [{ website_csr: requestText(newRsa(1024)) }, 'website_csr', '2048 to 4096 bits'],
      [{ website_csr: requestText(one), seal_csr: requestText(one) }, 'seal_csr', 'the same key'],
      [{ seal_csr: requestText(newRsa(), { name }) }, 'seal_csr', 'which the sandbox assigns'],
      [{ website_csr: 'x', website_csr_file: new Blob(['y']) }, 'website_csr', 'one way only'],
      [{ organization_name: 'x\u202egnp' }, 'organization_name', 'can be seen'],
      [{ contact: 'a@b.example\r\nBcc: c@d.example' }, 'contact', 'e-mail address'],
      [{ role: 'PSP_AS' }, 'roles', 'at least one role'],
    ] as const) {
      const answer = await postFiles(page, filled(change));
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(`<a href="#${field}">`);
      expect(/role="alert".*?<\/section>/s.exec(answer.text)?.[0]).toContain(words);
      if (field !== 'organization_name') expect(answer.text).toContain(`value="${organization}"`);
    }
  });

  it('K1: tells the reason in French on the French page, and nothing in English', async () => {
    const website_csr = requestText(newRsa(), { signer: newRsa().privateKey });
    const answer = await postFiles(page.replace('/en/', '/fr/'), filled({ website_csr }));
    expect(answer.status).toBe(422);
    const [alert = ''] = /role="alert".*?<\/section>/s.exec(answer.text) ?? [];
    expect(alert).toContain('sa signature n’est pas valable');
    expect(alert).not.toMatch(/cannot be used|does not verify/);
  });

  it('K2: refuses keys that somebody has certified already', async () => {
    const seal_csr = requestText(newRsa());
    expect((await postFiles(page, filled({ seal_csr }))).status).toBe(201);
    const again = await postFiles(page, filled({ seal_csr }));
    expect(again.status).toBe(422);
    expect(again.text).toContain('in use already');
  });

  it('takes both requests as files in DER', async () => {
    const der = () => new Blob([Buffer.from(requestText(newRsa()).replace(/-----[^-]+-----/g, ''), 'base64')]);
    const none = { website_csr: undefined, seal_csr: undefined };
    const answer = await postFiles(page, filled({ ...none, website_csr_file: der(), seal_csr_file: der() }));
    expect(answer.status, answer.text).toBe(201);
  });

  it('K15: shows what was typed as text', async () => {
    const name = '"><script>alert(1)</script>';
    const answer = await postFiles(page, filled({ organization_name: name, website_csr: `</textarea>${name}` }));
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('<script>');
    expect(answer.text).toContain('&lt;script');
  });

  it('refuses what another site sends, and what is no form', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      expect((await postFiles(page, filled(), headers)).status).toBe(403);
    expect((await post(page, { organization_name: 'x' })).status).toBe(415);
    expect((await postFiles(page, filled({ website_csr: 'A'.repeat(70_000) }))).status).toBe(413);
  });
});

describe('the page of an owner', () => {
  it('K11: opens to nobody else', async () => {
    const other = await apply('PSP_PI');
    const own = await get(mine, { cookie: owner.cookie });
    expect(own.text).toContain(organization);
    expect(own.text).not.toContain(owner.secret);
    const [serial = ''] = serialsOf(own);
    const mixed = `__Host-postern-sandbox-demo-bank=${owner.id}.${other.secret}`;
    for (const cookie of ['', mixed, owner.cookie.replace('demo-bank', 'second-bank')]) {
      const answer = await get(mine, { cookie });
      expect(answer.text).not.toContain(organization);
      expect((await get(`${mine}/${serial}.pem`, { cookie })).status).toBe(404);
    }
    expect((await get(`${mine}/${serial}.pem`, { cookie: other.cookie })).status).toBe(404);
    expect((await post(mine, { id: owner.id, secret: other.secret })).status).toBe(422);
    const foreign = { form_token: tokenOf(await get(mine, { cookie: other.cookie })), serial_number: serial };
    const answer = await post(`${mine}/hold`, foreign, { cookie: other.cookie });
    expect(answer.status).toBe(422);
    expect((await get(mine, { cookie: owner.cookie })).text).not.toContain('On hold');
  });

  it('changes nothing for a form that is not its own', async () => {
    const cookie = owner.cookie;
    const own = await get(mine, { cookie });
    const [serial_number = ''] = serialsOf(own);
    const form = { form_token: tokenOf(own), serial_number, reason: 'superseded' };
    const other = await apply('PSP_PI');
    const foreign = tokenOf(await get(mine, { cookie: other.cookie }));
    for (const [fields, headers] of [
      [{ ...form, form_token: '' }, { cookie }],
      [{ ...form, form_token: foreign }, { cookie }],
      [form, {}],
      [form, { cookie, origin: 'https://evil.example' }],
      [form, { cookie, 'sec-fetch-site': 'cross-site' }],
    ] as const)
      expect((await post(`${mine}/revoke`, fields, headers)).status).toBe(403);
    expect((await post(`${mine}/leave`, { form_token: '' }, { cookie })).status).toBe(403);
    expect((await get(mine, { cookie })).text).not.toContain('Revoked');
  });

  it('holds, releases, renews, changes the register and revokes', async () => {
    const { cookie } = await apply('PSP_AI');
    const read = () => get(mine, { cookie });
    const first = await read();
    const form_token = tokenOf(first);
    const [serial_number = ''] = serialsOf(first);
    const act = async (deed: string, fields: Readonly<Record<string, string>>) => {
      const answer = await post(`${mine}/${deed}`, { form_token, ...fields }, { cookie });
      expect([answer.status, answer.headers['location']]).toEqual([303, `${mine}?done=${deed}`]);
      return (await read()).text;
    };
    expect(await act('hold', { serial_number })).toContain('On hold');
    expect(await act('release', { serial_number })).not.toContain('On hold');
    expect(await act('register', { state: 'withdrawn' })).toContain('<strong>withdrawn</strong>');
    expect(await act('register', { state: 'active' })).toContain('<strong>authorised</strong>');
    expect(await act('revoke', { serial_number, reason: 'keyCompromise' })).toContain('Revoked');
    const later = { form_token: tokenOf(await read()), serial_number };
    const twice = await post(`${mine}/release`, later, { cookie });
    expect([twice.status, twice.text.includes('role="alert"')]).toEqual([422, true]);

    const renew = (fields: Fields) => postFiles(`${mine}/renew`, [['form_token', form_token], ...fields], { cookie });
    expect((await renew([])).text).toContain('paste it or choose a file');
    expect((await renew([['website_csr', keyText(newRsa())]])).text).toContain('this is a private key');
    const elliptic = await renew([
      ['website_csr', requestText(newEc())],
      ['seal_csr', requestText(newEc())],
    ]);
    expect([elliptic.status, elliptic.text.includes('<a href="#seal_csr">')]).toEqual([422, true]);
    expect(elliptic.text).toContain('make it over an RSA key');
    expect((await renew([['website_csr', requestText(newEc())]])).status).toBe(303);
    expect(new Set(serialsOf(await read())).size).toBe(3);

    expect((await get(`${mine}/kit`)).status).toBe(303);
    expect((await post(`${mine}/kit`, { form_token: '' }, { cookie })).status).toBe(403);
    expect((await post(`${mine}/kit`, { form_token }, { cookie })).status).toBe(303);
    const kit = await get(`${mine}/kit`, { cookie });
    expect(new Set(serialsOf(kit)).size).toBe(kitDefects.length);
    const broken = await get(`${mine}/${serialsOf(kit)[0]}.pem`, { cookie });
    expect(broken.headers['content-disposition']).toContain('demo-bank-broken-expired.pem');
  });

  it('gives each certificate as a file of its own name, with its issuers', async () => {
    const [serial = ''] = serialsOf(await get(mine, { cookie: owner.cookie }));
    const file = await get(`${mine}/${serial}.pem`, { cookie: owner.cookie });
    expect(file.headers['content-disposition']).toMatch(
      /^attachment; filename="demo-bank-test-q\w+-[0-9a-f]{8}\.pem"$/,
    );
    expect(file.text.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect((await get(`${mine}/00.pem`, { cookie: owner.cookie })).status).toBe(404);
  });
});

describe('the kit of broken certificates', () => {
  const usual = { website: newRsa(), seal: newRsa() };
  const api = (path: string, call: Partial<TlsCall> = {}) =>
    sendOverTls({ method: 'GET', url: `${demo.addresses.api}/sandbox/demo-bank${path}`, ca: demo.ca, ...call });
  const json = { 'content-type': 'application/json' };
  const kinds = { qwac: usual.website, qsealc: usual.seal };
  let good: Readonly<Record<'qwac' | 'qsealc', Identity>>;
  let kit: readonly KitCertificate[];
  let headers: Headers;
  let place: string;

  beforeAll(async () => {
    const body = {
      organization_name: organization,
      contact: 'dev@pousse.example',
      roles: ['PSP_AI', 'PSP_PI'],
      website_csr: requestText(usual.website),
      seal_csr: requestText(usual.seal),
    };
    const applied = await api('/certificates', { method: 'POST', headers: json, body: JSON.stringify(body) });
    const certificates = applied.json['certificates'] as readonly KitCertificate[];
    const identityOf = (kind: 'qwac' | 'qsealc') => ({
      path: certificates.find((each) => each.kind === kind)?.path ?? '',
      key: keyText(kinds[kind]),
    });
    good = { qwac: identityOf('qwac'), qsealc: identityOf('qsealc') };
    headers = { ...json, authorization: `Bearer ${String(applied.json['secret'])}` };
    place = `/certificates/${String(applied.json['id'])}/kit`;
    const issued = await api(place, { method: 'POST', headers, body: '{}' });
    expect(issued.status, issued.text).toBe(201);
    kit = issued.json['kit'] as readonly KitCertificate[];
  });

  const check = (identity: Identity) => api('/certificate-check', { identity });
  const register = (identity: Identity, seal: string) => {
    const metadata = buildClientMetadata({
      clientName: 'Pousse',
      redirectUris: ['https://pousse.example/cb'],
      scope: 'aisp',
      sealPaths: [seal],
    });
    return api('/oauth2/registrations', { method: 'POST', headers: json, body: JSON.stringify(metadata), identity });
  };

  const entryOf = (defect: KitDefect) => {
    const found = kit.find((each) => each.defect === defect);
    if (found === undefined) throw new Error(`no ${defect}`);
    return found;
  };
  const identityOf = ({ kind, path }: KitCertificate) => ({ path, key: keyText(kinds[kind]) });
  const failedIn = ({ json: said }: TlsAnswer) =>
    (said['findings'] as readonly Finding[]).filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule);

  it.each(kitDefects)('%s: is refused for the promised rule, and for no other', async (defect) => {
    const broken = entryOf(defect);
    const isSeal = broken.kind === 'qsealc';
    const refused = isSeal
      ? await register(good.qwac, broken.path)
      : await register(identityOf(broken), good.qsealc.path);
    expect(refused.json['error_code'], refused.text.slice(0, 400)).toBe(broken.refusal);
    expect(failedIn(refused)).toEqual([broken.rule]);
    if (isSeal) return;
    const checked = await check(identityOf(broken));
    expect([checked.json['code'], ...failedIn(checked)]).toEqual([broken.refusal, broken.rule]);
  });

  it('K9: holds nothing that is good as the other certificate either, nor for longer than a week', async () => {
    for (const broken of kit) {
      const refused =
        broken.kind === 'qsealc' ? await check(identityOf(broken)) : await register(good.qwac, broken.path);
      expect(refused.json['outcome'] ?? refused.json['error_code'], broken.defect).toMatch(
        /^(not-qualified|METADATA_INVALID)$/,
      );
      expect(Date.parse(broken.not_after) - Date.now()).toBeLessThan(8 * 86_400_000);
    }
    const byMistake = await check({ ...good.qsealc });
    expect(failedIn(byMistake)).toContain('qc.type-matches-use');
  });

  it('is told again, cannot be released, and is nobody else’s', async () => {
    const told = await api(place, { headers });
    expect(told.json['kit']).toEqual(kit);
    const release = await api(place.replace('/kit', '/release'), {
      method: 'POST',
      headers,
      body: JSON.stringify({ serial_number: entryOf('held').serial_number }),
    });
    expectRefusal(release, 400, 'REQUEST_MALFORMED');
    const other = { ...json, authorization: `Bearer ${owner.secret}` };
    expectRefusal(await api(place, { headers: other }), 404, 'NOT_FOUND');
    expectRefusal(await api(place, { method: 'POST', headers: other, body: '{}' }), 404, 'NOT_FOUND');
    expectRefusal(await api(place, { method: 'POST', headers, body: '{"defect":"x"}' }), 400, 'REQUEST_MALFORMED');
    const listed = await api(place.replace('/kit', ''), { headers });
    expect(listed.json['certificates']).toHaveLength(2);
  });
});

interface Finding {
  readonly rule: string;
  readonly outcome: string;
}

interface Identity {
  readonly path: string;
  readonly key: string;
}

interface KitCertificate {
  readonly kind: 'qwac' | 'qsealc';
  readonly path: string;
  readonly defect: KitDefect;
  readonly rule: string;
  readonly refusal: string;
  readonly serial_number: string;
  readonly not_after: string;
}
