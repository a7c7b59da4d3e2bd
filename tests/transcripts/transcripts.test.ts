import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRsa, requestText } from '../material/certification-request.js';
import { configureBrand } from '../material/configure-brand.js';
import { authorizationParameters, type OauthTpp, obtainCode, registerOauthTpp } from '../material/oauth-tpp.js';
import {
  codesOf,
  type OpenapiDocument,
  type OpenapiOperation,
  operationsOf,
  validatorOf,
} from '../material/openapi-document.js';
import { readMessage, replayTranscript, transcripts } from '../material/replay-transcript.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let qwac: Credential;
let expired: Credential;
let documents: Documents;
let payer: OauthTpp;
let owner: TlsAnswer;
let values: Record<string, string>;

beforeAll(async () => {
  demo = await startDemo();
  await leaveRoomForTwo();
  const order = { organizationIdentifier: 'PSDFR-ACPR-4711', roles: 'PSP_AI' };
  qwac = await demo.issue({ ...order, kind: 'qwac' });
  expired = await demo.issue({ ...order, kind: 'qwac', defect: 'expired' });
  const seal = await demo.issue({ ...order, kind: 'qsealc' });
  const renewed = await demo.issue({ ...order, kind: 'qsealc' });
  const foreign = await demo.issue({ kind: 'qsealc', organizationIdentifier: 'PSDFR-ACPR-4712', roles: 'PSP_AI' });
  const [leaf = '', issuer = ''] = derOf(seal);
  values = {
    'base64 DER of the QSealC': leaf,
    'base64 DER of its issuer': issuer,
    'base64 DER of a QSealC of another organisation': derOf(foreign)[0] ?? '',
    'base64 DER of the new QSealC': derOf(renewed)[0] ?? '',
    'private exponent': 'AQAB',
    'more than 65536 octets': 'x'.repeat(65_537),
  };
  documents = {
    '/demo-bank': [await readDocument('/demo-bank', 'registration'), await readDocument('/demo-bank', 'oauth2')],
    [sandbox]: [await readDocument(sandbox, 'sandbox')],
  };
  const plan = { organizationIdentifier: 'PSDFR-ACPR-4713', roles: 'PSP_PI', scope: 'pisp' };
  payer = await registerOauthTpp(demo, { ...plan, metadata: { grant_types: ['client_credentials'] } });
});

afterAll(() => demo.stop());

const sandbox = '/sandbox/demo-bank';
const seen = new Set<string>();

/** One more call of an operation, and what it must answer. */
interface Look {
  readonly key: string;
  readonly status: number;
  readonly path?: () => string;
  readonly body?: () => object | string;
  readonly type?: string;
  readonly as?: () => Credential;
  /** With the secret of the owner, which every request with a body bears. */
  readonly owned?: boolean;
  readonly prefix?: string;
}

/** In this order: each may use what those before it have left behind. */
const steps: readonly {
  readonly name: string;
  readonly before?: () => Promise<void>;
  readonly as?: () => Credential | null;
  readonly learn?: (answer: TlsAnswer) => void;
  readonly prefix?: string;
}[] = [
  {
    name: 'register',
    learn: ({ json }) => {
      values['your client_id'] = String(json['client_id']);
      values['registration_access_token'] = String(json['registration_access_token']);
    },
  },
  { name: 'register-repeated' },
  {
    name: 'read',
    learn: ({ headers, json }) => {
      values['ETag of your reading'] = String(headers['etag']);
      values['kid of the key there is'] = String((json['jwks'] as { keys: { kid: string }[] }).keys[0]?.kid);
    },
  },
  { name: 'list' },
  {
    name: 'token-by-code',
    before: agreeToAccess,
    learn: ({ json }) => {
      values['your newest refresh token'] = String(json['refresh_token']);
    },
  },
  {
    name: 'token-by-refresh',
    learn: ({ json }) => {
      values['your newest refresh token'] = String(json['refresh_token']);
    },
  },
  { name: 'refused-token-certificate', as: () => payer.qwac },
  { name: 'refused-code-reused' },
  { name: 'update-keys' },
  { name: 'refused-if-match' },
  { name: 'update-redirect-uris' },
  { name: 'refused-update' },
  { name: 'renew-token' },
  { name: 'refused-no-certificate', as: () => null },
  { name: 'refused-not-qualified', as: () => expired },
  { name: 'refused-initial-token' },
  { name: 'refused-metadata' },
  { name: 'refused-redirect-uri' },
  { name: 'refused-key-set' },
  { name: 'refused-private-key' },
  { name: 'refused-scope' },
  { name: 'refused-other-organisation' },
  { name: 'refused-token' },
  { name: 'refused-not-found' },
  { name: 'refused-too-large' },
  { name: 'refused-media-type' },
  { name: 'refused-json' },
  { name: 'refused-idempotency-key' },
  { name: 'refused-registration-quota', before: fillTheRoom },
  { name: 'refused-suspended', before: () => operate('suspend', '--reason', suspensionReason) },
  { name: 'delete', before: () => operate('restore') },
  { name: 'refused-quota', before: reachTheQuota },
  {
    name: 'token-of-client',
    before: async () => {
      values['your client_id'] = payer.clientId;
    },
    as: () => payer.qwac,
  },
  { name: 'refused-one-key', before: makeRequests, as: () => null, prefix: sandbox },
  {
    name: 'certificates-apply',
    as: () => null,
    prefix: sandbox,
    learn: (answer) => {
      owner = answer;
      values['id of your request'] = String(answer.json['id']);
      values['your secret'] = String(answer.json['secret']);
      for (const { kind, serial_number } of certificatesOf(answer))
        values[`serial number of the ${kind}`] = serial_number;
    },
  },
  { name: 'certificates-read', as: () => null, prefix: sandbox },
  { name: 'certificates-revoke', as: () => null, prefix: sandbox },
];

describe('what the portal shows is what the server does', () => {
  it.each(steps)('$name', async ({ name, before, as = () => qwac, learn, prefix = '/demo-bank' }) => {
    await before?.();
    const answer = await replayTranscript(demo, { name, as: as(), values, prefix });
    learn?.(answer);
    expectDocumented(operationOf(name, prefix), answer);
  });

  const ownerToken = () => `Bearer ${values['your secret'] ?? ''}`;
  const ofOne = () => `/certificates/${values['id of your request'] ?? ''}`;
  const seal = () => certificatesOf(owner).find(({ kind }) => kind === 'qsealc')?.serial_number;
  const held = () => ({ serial_number: seal(), reason: 'certificateHold' });

  it.each([
    { key: 'GET /oauth2/jwks', status: 200 },
    { key: 'GET /.well-known/oauth-authorization-server', status: 200 },
    { key: 'GET /.well-known/oauth-authorization-server/demo-bank', status: 200 },
    { key: 'GET /certificate-check', status: 200, as: () => qwac },
    { key: 'GET /certificate-check', status: 200, as: () => expired },
    { key: 'GET /certificate-check', status: 401 },
    { key: 'POST /oauth2/token', status: 415, as: () => qwac, body: () => ({}) },
    { key: 'GET /oauth2/{lang}/authorize', path: () => '/oauth2/en/authorize', status: 400 },
    { key: 'GET /oauth2/{lang}/authorize', path: rightAuthorization, status: 303 },
    { key: 'GET /oauth2/{lang}/authorize', path: wrongAuthorization, status: 303 },
    ...(
      [
        { key: 'POST /certificates', status: 415 },
        { key: 'GET /certificates/{id}', path: ofOne, status: 404 },
        { key: 'POST /certificates/{id}/revoke', path: () => `${ofOne()}/revoke`, body: held, status: 200 },
        { key: 'POST /certificates/{id}/revoke', path: () => `${ofOne()}/revoke`, body: held, status: 400 },
        {
          key: 'POST /certificates/{id}/release',
          path: () => `${ofOne()}/release`,
          body: () => ({ serial_number: seal() }),
          status: 200,
        },
        {
          key: 'POST /certificates/{id}/register',
          path: () => `${ofOne()}/register`,
          body: () => ({ state: 'suspended' }),
          status: 200,
        },
        {
          key: 'POST /certificates/{id}/renew',
          path: () => `${ofOne()}/renew`,
          body: () => ({ website_csr: requestText(newRsa()) }),
          status: 200,
        },
        { key: 'POST /certificates/{id}/kit', path: () => `${ofOne()}/kit`, body: () => ({}), status: 201 },
        { key: 'GET /certificates/{id}/kit', path: () => `${ofOne()}/kit`, status: 200, owned: true },
        { key: 'POST /ocsp', status: 200, body: () => 'no request', type: 'application/ocsp-request' },
        { key: 'POST /ocsp', status: 415, body: () => ({}) },
        { key: 'GET /ocsp/{request}', path: () => '/ocsp/MAMCAQA%3D', status: 200 },
        { key: 'GET /crl/{number}.crl', path: () => '/crl/1.crl', status: 200 },
        { key: 'GET /crl/{number}.crl', path: () => '/crl/999.crl', status: 404 },
        { key: 'GET /certificates/{number}.cer', path: () => '/certificates/1.cer', status: 200 },
        { key: 'GET /certificates/root.cer', path: () => '/certificates/root.cer', status: 200 },
      ] as readonly Look[]
    ).map((look) => ({ ...look, prefix: sandbox })),
  ] as readonly Look[])('$key answers $status as its document says', async (look) => {
    const { key, status, body, as, type = 'application/json', prefix = '/demo-bank' } = look;
    const [method = '', path = ''] = key.split(' ');
    const place = placeOf(key, prefix);
    const item = place.document.paths[path] as { readonly servers?: readonly { readonly url: string }[] };
    const [server = ''] = (item.servers ?? place.document.servers).map(({ url }) => url);
    const sent = body?.();
    const answer = await sendOverTls({
      method,
      url: `${server}${look.path?.() ?? path}`,
      ca: demo.ca,
      identity: as?.(),
      headers: {
        ...(body === undefined ? {} : { 'content-type': type }),
        ...(look.owned === true || body !== undefined ? { authorization: ownerToken() } : {}),
      },
      body: typeof sent === 'object' ? JSON.stringify(sent) : sent,
    });
    expect(answer.status, answer.text).toBe(status);
    expectDocumented(place, answer);
  });

  it('has asked every operation of every document', () => {
    const all = Object.values(documents).flat();
    const names = all.flatMap((document) => [...operationsOf(document).values()].map(({ operationId }) => operationId));
    expect([...seen].sort()).toEqual(names.sort());
  });

  it('replays every transcript there is', () => {
    const files = readdirSync(transcripts).map((file) => file.replace(/\.(request|answer)\.http$/, ''));
    expect([...new Set(files)].sort()).toEqual(steps.map(({ name }) => name).sort());
  });
});

function rightAuthorization(): string {
  const tpp = { ...payer, redirectUri: 'https://tpp.example/callback' };
  return `/oauth2/fr/authorize?${new URLSearchParams(authorizationParameters(tpp)).toString()}`;
}

function wrongAuthorization(): string {
  const parameters = authorizationParameters(payer, { response_type: 'token' });
  return `/oauth2/en/authorize?${new URLSearchParams(parameters).toString()}`;
}

describe('the OpenAPI document', () => {
  it('is read without a certificate at both listeners, and of each realm', async () => {
    for (const prefix of ['demo-bank', 'sandbox/demo-bank', 'second-bank']) {
      const read = async (origin: string) =>
        sendOverTls({ method: 'GET', url: `${origin}/${prefix}/openapi/registration.json`, ca: demo.ca });
      const [api, web] = [await read(demo.addresses.api), await read(demo.addresses.web)];
      expect([api.status, api.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
      expect(api.json).toEqual(web.json);
      expect(api.json['servers']).toEqual([{ url: `${demo.addresses.api}/${prefix}` }]);
    }
    const other = await sendOverTls({ method: 'POST', url: urlOf('openapi/registration.json'), ca: demo.ca });
    expect([other.status, other.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});

/** A brand of few registrations, so that it takes few to be refused one more. */
async function leaveRoomForTwo(): Promise<void> {
  configureBrand(demo, 'demo-bank', 'registration: { clientsPerOrganization: 2 }');
  await demo.crashAndRestart();
}

const suspensionReason = 'Your application asks for consent again and again. Write to api@bank.example.';

/** The store is embedded: an operator decides while the server is down. */
function operate(...[decision, ...reason]: readonly string[]): Promise<void> {
  return demo.crashAndRestart(async () => {
    const clientId = values['your client_id'] ?? '';
    const by = ['--by', 'operator', '--data-dir', demo.dataDirectory];
    const { code, stderr } = await demo.run('postern', ['clients', decision ?? '', clientId, ...reason, ...by]);
    expect(code, stderr).toBe(0);
  });
}

/** Beside the registration of the transcripts there is room for one. */
async function fillTheRoom(): Promise<void> {
  const metadata = {
    client_name: 'The second',
    redirect_uris: ['https://tpp.example.org/callback'],
    scope: 'aisp',
    jwks: { keys: [{ x5c: [values['base64 DER of the QSealC'], values['base64 DER of its issuer']] }] },
  };
  const answer = await sendOverTls({
    method: 'POST',
    url: urlOf('oauth2/registrations'),
    ca: demo.ca,
    identity: qwac,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });
  expect(answer.status, answer.text).toBe(201);
}

/** Asks until the organisation has asked too often within a minute; what it asks is refused, and counts all the same. */
async function reachTheQuota(): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const ask = () =>
    sendOverTls({
      method: 'POST',
      url: urlOf('oauth2/registrations'),
      ca: demo.ca,
      identity: qwac,
      headers,
      body: '{}',
    });
  // Fewer at once than one organisation may have waiting, which is another limit.
  for (let asked = 0; asked < 2_000; asked += 10) {
    const answers = await Promise.all(Array.from({ length: 10 }, ask));
    if (answers.some(({ status }) => status === 429)) return;
  }
  throw new Error('no quota was reached');
}

type Documents = Readonly<Record<string, readonly OpenapiDocument[]>>;

interface Place {
  readonly document: OpenapiDocument;
  readonly operation: OpenapiOperation;
}

/** The answer stands in the document: its status, its code, its media type, the form of its body and every member of it. */
function expectDocumented({ document, operation }: Place, answer: TlsAnswer): void {
  seen.add(operation.operationId);
  const response = operation.responses[String(answer.status)];
  expect(response, `${operation.operationId} ${answer.status}`).toBeDefined();
  const [type = ''] = String(answer.headers['content-type'] ?? '').split(';');
  expect(Object.keys(response?.content ?? {})).toEqual(type === '' ? [] : expect.arrayContaining([type]));
  if (type !== 'application/json') return;
  const code = answer.json['error_code'];
  if (code !== undefined) expect(codesOf(operation, answer.status)).toContain(code);
  const schema = response?.content?.[type]?.schema;
  expect(validatorOf(document, schema).safeParse(answer.json).error?.issues ?? []).toEqual([]);
  expect(membersOf(document, schema)).toEqual(expect.arrayContaining(Object.keys(answer.json)));
}

function membersOf(document: OpenapiDocument, schema: unknown): readonly string[] {
  const { $ref, allOf = [], properties = {} } = schema as { $ref?: string; allOf?: unknown[]; properties?: object };
  const named =
    $ref === undefined ? [] : membersOf(document, document.components.schemas[$ref.split('/').at(-1) ?? '']);
  return [...named, ...allOf.flatMap((part) => membersOf(document, part)), ...Object.keys(properties)];
}

function operationOf(name: string, prefix: string): Place {
  const { first } = readMessage(demo, `${name}.request`, prefix);
  const [, method = '', path = ''] = /^(\S+) (.+) HTTP\/1\.1$/.exec(first) ?? [];
  const template = path
    .replace(prefix, '')
    .replace(/registrations\/[^/]+/, 'registrations/{client_id}')
    .replace(/certificates\/[^/]+/, 'certificates/{id}');
  return placeOf(`${method} ${template}`, prefix);
}

function placeOf(key: string, prefix: string): Place {
  for (const document of documents[prefix] ?? []) {
    const operation = operationsOf(document).get(key);
    if (operation !== undefined) return { document, operation };
  }
  throw new Error(`no document has ${key}`);
}

async function readDocument(prefix: string, name: string): Promise<OpenapiDocument> {
  const url = `${demo.addresses.api}${prefix}/openapi/${name}.json`;
  return (await sendOverTls({ method: 'GET', url, ca: demo.ca })).json as unknown as OpenapiDocument;
}

async function agreeToAccess(): Promise<void> {
  const clientId = values['your client_id'] ?? '';
  const tpp = { ...payer, clientId, redirectUri: 'https://tpp.example.org/callback' };
  const { code, verifier } = await obtainCode(demo, tpp, 'aisp extended_transaction_history');
  values['code'] = code;
  values['code_verifier of 43 characters or more'] = verifier;
}

/** PEM within JSON. */
async function makeRequests(): Promise<void> {
  const [website, seal] = [newRsa(), newRsa()].map((pair) => JSON.stringify(requestText(pair)).slice(1, -1));
  values['PEM of the certification request for TLS'] = website ?? '';
  values['PEM of the certification request for signatures'] = seal ?? '';
  values['PEM of the same certification request'] = seal ?? '';
}

function certificatesOf({ json }: TlsAnswer) {
  return json['certificates'] as readonly { readonly kind: string; readonly serial_number: string }[];
}

function urlOf(path: string): string {
  return `${demo.addresses.api}/demo-bank/${path}`;
}

function derOf({ path }: Credential): readonly string[] {
  return path.split(/(?<=-----END CERTIFICATE-----)/).map((pem) => pem.replaceAll(/-----[^-]+-----|\s/g, ''));
}
