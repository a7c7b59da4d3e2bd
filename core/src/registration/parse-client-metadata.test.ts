import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../image/encode-png.js';
import { Refusal } from '../refusal/refusal.js';
import { parseClientMetadata } from './parse-client-metadata.js';

const ownHosts = new Set(['bank.example']);
const good = {
  client_name: 'Caf\u00e9 Comptes',
  redirect_uris: ['https://tpp.example/cb'],
  scope: 'aisp extended_transaction_history',
};
const parse = (value: unknown) => parseClientMetadata(value, ownHosts);
/** What is wrong apart from the keys, which these documents do not have. */
const problems = (change: object) =>
  parse({ ...good, ...change })
    .problems.filter(({ member }) => member !== 'jwks')
    .map(({ text }) => text)
    .join(' ');

const languages = 'abcdefghijklmnopqrstuvwxyz';
const tagged = (member: string, count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`${member}#${languages[n % 26]}${languages[Math.floor(n / 26)]}`, 'Name']),
  );

const png = (width: number, height: number) => {
  const image = { width, height, pixels: new Uint8Array(width * height * 4) };
  return `data:image/png;base64,${Buffer.from(encodePng(image)).toString('base64')}`;
};

describe('parseClientMetadata', () => {
  it('fills in what is left out: an account information client', () => {
    expect(parse(good).members).toEqual({
      ...good,
      token_endpoint_auth_method: 'tls_client_auth',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    });
  });

  it('fills in grants by scope', () => {
    expect(parse({ ...good, scope: 'cbpii pisp' }).members.grant_types).toEqual([
      'authorization_code',
      'refresh_token',
      'client_credentials',
    ]);
    const payments = parse({ client_name: 'Payer', scope: 'pisp' });
    expect(payments.members).toMatchObject({
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    });
    expect(payments.problems.map(({ member }) => member)).toEqual(['jwks']);
  });

  it('M13, R55: takes null as left out; ignores what it does not know, and does not keep it', () => {
    const draft = parse({
      ...good,
      logo_uri: null,
      contacts: null,
      favourite_colour: 'blue',
      ['__proto__']: { admin: true },
      'favourite_colour#fr': 'bleu',
      'scope#fr': 'tout',
    });
    expect(Object.keys(draft.members).sort()).toEqual([
      'client_name',
      'grant_types',
      'redirect_uris',
      'response_types',
      'scope',
      'token_endpoint_auth_method',
    ]);
    expect(draft.problems.map(({ member }) => member)).toEqual(['jwks']);
  });

  it('names everything that is wrong at once, each with its member', () => {
    const draft = parse({
      redirect_uris: ['http://a.example', 'https://b.example/#x', 7],
      scope: 'admin',
      grant_types: ['password'],
      contacts: ['nobody'],
      jwks_uri: 'https://tpp.example/jwks',
    });
    expect(draft.problems.map(({ text }) => text)).toEqual([
      'client_name must be given as text.',
      'redirect_uris[2] must be text.',
      'scope must hold only aisp, extended_transaction_history, cbpii and pisp, separated by one space each, found "admin".',
      'grant_types[0] must be one of authorization_code, refresh_token, client_credentials, found "password".',
      'contacts[0] must be an e-mail address, found "nobody".',
      'redirect_uris[0] must begin with https://, found "http://a.example".',
      'redirect_uris[1] must not hold a fragment, found "https://b.example/#x".',
      'jwks_uri must not be given: keys are registered by value, in jwks, and no address is fetched for them.',
      'jwks must be given as an object with the list keys, one JWK for each sealing certificate (QSealC).',
    ]);
  });

  it.each([
    ['R7', { response_types: ['token'] }, 'response_types[0] must be code'],
    ['R7', { response_types: ['code id_token'] }, 'response_types[0] must be code'],
    ['R8', { response_types: [] }, 'response_types must hold code'],
    ['R8', { grant_types: ['client_credentials'], response_types: ['code'] }, 'response_types must be empty'],
    ['R8', { grant_types: ['refresh_token'] }, 'grant_types must hold authorization_code'],
    ['R8', { grant_types: [] }, 'grant_types must name at least one'],
    ['R8', { grant_types: ['implicit'] }, 'grant_types[0] must be one of'],
    ['R9', { token_endpoint_auth_method: 'none' }, 'token_endpoint_auth_method must be tls_client_auth'],
    ['R9', { token_endpoint_auth_method: 'client_secret_basic' }, 'token_endpoint_auth_method must be tls_client_auth'],
    ['R10', { redirect_uris: [] }, 'redirect_uris must hold at least one address'],
    ['R10', { redirect_uris: undefined }, 'redirect_uris must hold at least one address'],
    ['R10', { redirect_uris: 'https://tpp.example/cb' }, 'redirect_uris must be a list'],
    ['R10', { redirect_uris: ['https://tpp.example/cb', 'https://tpp.example/cb'] }, 'must not name an address twice'],
    ['R10', { redirect_uris: Array.from({ length: 21 }, (_, n) => `https://tpp.example/${n}`) }, 'at most 20'],
    ['R45', { client_name: 'Safe \u202egnp.exe' }, 'client_name must not hold control, bidirectional'],
    ['R45', { client_name: 'Ba\u200bnk' }, 'client_name must not hold control, bidirectional'],
    ['R45', { client_name: 'a\u0000b' }, 'client_name must not hold control'],
    ['R45', { client_name: `a${'\u0301'.repeat(70)}` }, 'client_name must not pile up combining marks'],
    ['R45', { client_name: `a${'\u0301'.repeat(10_000)}` }, 'client_name must have at most 80'],
    ['R45', { client_name: 'x'.repeat(81) }, 'client_name must have at most 80'],
    ['R45', { client_name: '   ' }, 'client_name must hold a letter'],
    ['R45', { client_name: 'a\u00a0b' }, 'ordinary spaces'],
    ['R45', { client_name: 7 }, 'client_name must be given as text'],
    ['R56', { software_statement: 'eyJ' }, 'software_statement must not be given'],
    ['R67', { scope: 'openid admin' }, 'scope must hold only'],
    ['R67', { scope: '*' }, 'scope must hold only'],
    ['R67', { scope: 'aisp aisp' }, 'scope must name each scope once'],
    ['R67', { scope: Array.from({ length: 500 }, (_, n) => `s${n}`).join(' ') }, 'scope must hold only'],
    ['R67', { scope: 'extended_transaction_history' }, 'scope must hold aisp'],
    ['R67', { scope: 'aisp,cbpii' }, 'scope must hold only'],
    ['R67', { scope: '' }, 'scope must hold only'],
    ['R68', { application_type: 'native' }, 'application_type must be web'],
    ['R68', { subject_type: 'pairwise' }, 'subject_type must not be given'],
    ['R68', { id_token_signed_response_alg: 'none' }, 'id_token_signed_response_alg must not be given'],
    ['R46', { 'client_name#': 'x' }, 'client_name must name its language by a tag of BCP 47'],
    ['R46', { 'client_name#fr_FR': 'x' }, 'found "client_name#fr_FR"'],
    ['R46', { 'tos_uri#x-private': 'https://tpp.example/' }, 'tos_uri must name its language'],
    ['R46', { 'client_name#\u0440\u0443': 'x' }, 'found "client_name#\\u0440\\u0443"'],
    ['R46', { 'client_name#fr': 'x', 'client_name#FR': 'y' }, 'client_name must come once in each language'],
    ['R46', tagged('client_name', 200), 'client_name must come in at most 20 further languages'],
    ['R46, R45', { 'client_name#fr': 'Ba\u200bnque' }, 'client_name#fr must not hold control, bidirectional'],
    ['R46, R44', { 'policy_uri#fr': 'javascript:alert(1)' }, 'policy_uri#fr must begin with https://'],
    ['R43', { logo_uri: 'https://bank-logos.example.net/a.png' }, 'logo_uri must lead to the host of a redirect URI'],
    ['R43', { 'tos_uri#fr': 'https://other.example/cgu' }, 'tos_uri#fr must lead to the host of a redirect URI'],
    ['R43', { client_uri: 'https://example/' }, 'client_uri must not name a host of an inside network'],
    ['an object as version', { software_version: {} }, 'software_version must be text'],
    [
      'a version that steers a terminal',
      { software_version: '\u001b[2J' },
      'software_version must have 1 to 255 printable',
    ],
    ['a secret', { client_secret: 'x' }, 'client_secret must not be given'],
    ['another subject', { tls_client_auth_san_dns: 'tpp.example' }, 'tls_client_auth_san_dns must not be given'],
    [
      'unbound tokens',
      { tls_client_certificate_bound_access_tokens: false },
      'tls_client_certificate_bound_access_tokens must be true',
    ],
    ['a logo over http', { logo_uri: 'http://tpp.example/logo.png' }, 'logo_uri must begin with https://'],
    [
      'a logo with script',
      { logo_uri: 'data:image/svg+xml;base64,PHN2Zy8+' },
      'logo_uri must be an https address or begin with',
    ],
    ['a JPEG', { logo: '/9j/4AAQSkZJRg==' }, 'logo must be a PNG image, not JPEG'],
    ['an address as image', { logo: 'https://tpp.example/a.png' }, 'logo must be'],
    ['a logo that is no image', { logo_uri: 'data:image/png;base64,PHN2Zy8+' }, 'logo_uri must be a PNG image'],
    ['a logo too wide', { logo_uri: png(2_000, 10) }, 'logo_uri must be at most 1024 by 1024'],
    [
      'a logo too large',
      { logo_uri: `data:image/png;base64,${'A'.repeat(40_000)}` },
      'logo_uri must be the base64 of a PNG image of at most',
    ],
    ['an agent in a wrong form', { client_legal_id: 'AGENT-1' }, 'client_legal_id must be of the form'],
    [
      'a home page with a password',
      { client_uri: 'https://a:b@tpp.example/' },
      'client_uri must not hold user information',
    ],
    ['policy inside', { policy_uri: 'https://10.0.0.1/' }, 'policy_uri must name the host'],
  ])('%s: refuses %j', (_row, change, expected) => expect(problems(change)).toContain(expected));

  it.each([
    [{ logo_uri: png(64, 64) }],
    [{ logo: png(64, 64) }],
    [{ logo: png(8, 8).slice(22), 'logo_uri#fr': png(9, 9) }],
    [{ logo_uri: 'https://tpp.example/logo.png' }],
    [{ client_name: '<script>alert(1)</script> {{7*7}}' }],
    [{ client_name: '\u0391\u03b8\u03ae\u03bd\u03b1 \u2014 \u53e3\u5ea7' }],
    [
      {
        contacts: ['dev@tpp.example'],
        client_uri: 'https://tpp.example',
        tos_uri: 'https://tpp.example/tos',
        application_type: 'web',
      },
    ],
    [
      {
        'client_name#fr': 'Mes comptes',
        'client_name#zh-Hant-TW': '\u5e33\u6236',
        'tos_uri#de-1996': 'https://tpp.example/agb',
      },
    ],
    [tagged('client_name', 20)],
    [{ client_uri: 'https://www.tpp.example/', redirect_uris: ['https://tpp.example/cb'] }],
    [{ client_uri: 'https://tpp.example/', redirect_uris: ['https://app.tpp.example/cb'] }],
    [{ software_id: '4NRB1-0XZABZI9E6-5SM3R', software_version: '2.2' }],
    [{ tls_client_certificate_bound_access_tokens: true, dpop_bound_access_tokens: false }],
    [{ client_legal_id: 'AGTFR-ACPR-99', provider_legal_id: 'PSDFR-ACPR-12345' }],
    [{ grant_types: ['authorization_code', 'refresh_token', 'client_credentials'] }],
  ])('R44 and others: takes %j', (change) => expect(problems(change)).toBe(''));

  it.each([
    [{ contacts: { length: {} } }, 'contacts must be a list of e-mail addresses.'],
    [{ contacts: [{ length: {} }] }, 'contacts[0] must be an e-mail address.'],
    [{ contacts: Array(11).fill('dev@tpp.example') }, 'contacts must hold at most 10 addresses.'],
  ])('counts only what can be counted: %j', (change, text) => expect(problems(change)).toContain(text));

  it('keeps members of further languages under the names that they came with', () => {
    const sent = { 'client_name#FR': 'Mes comptes', 'policy_uri#en': 'https://tpp.example/privacy' };
    expect(parse({ ...good, ...sent }).members).toMatchObject(sent);
  });

  it('R17, R68: takes links into native applications where the brand allows them', () => {
    const policy = { nativeRedirects: true, foreignHosts: 'warn' as const };
    const sent = { ...good, redirect_uris: ['com.tpp.app:/callback'], application_type: 'native' };
    const of = (value: object) =>
      parseClientMetadata(value, ownHosts, policy)
        .problems.filter(({ member }) => member !== 'jwks')
        .map(({ text }) => text);
    expect(of(sent)).toEqual([]);
    expect(of({ ...good, logo_uri: 'https://elsewhere.example/a.png' })).toEqual([]);
    expect(problems(sent)).toContain('redirect_uris[0] must begin with https://');
  });

  it('throws nothing but Refusal, and messages stay printable ASCII, whatever comes', () => {
    const members = fc.constantFrom(
      ...Object.keys(good),
      'jwks',
      'grant_types',
      'contacts',
      'logo_uri',
      'client_legal_id',
      'client_name#fr',
      'tos_uri#\u0000',
      'software_id',
      '__proto__',
      'constructor',
      'x',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(members, fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })), { noNullPrototype: false }),
        ),
        (value) => {
          try {
            for (const { text } of parse(value).problems) expect(text).toMatch(/^[\x20-\x7e]+$/);
          } catch (cause) {
            expect(cause).toBeInstanceOf(Refusal);
          }
        },
      ),
    );
  });
});
