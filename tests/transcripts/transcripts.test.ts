import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
let document: OpenapiDocument;
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
  const read = await sendOverTls({ method: 'GET', url: urlOf('openapi/registration.json'), ca: demo.ca });
  document = read.json as unknown as OpenapiDocument;
});

afterAll(() => demo.stop());

/** In this order: each may use what those before it have left behind. */
const steps: readonly {
  readonly name: string;
  readonly before?: () => Promise<void>;
  readonly as?: () => Credential | null;
  readonly learn?: (answer: TlsAnswer) => void;
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
];

describe('what the portal shows is what the server does', () => {
  it.each(steps)('$name', async ({ name, before, as = () => qwac, learn }) => {
    await before?.();
    const answer = await replayTranscript(demo, { name, as: as(), values });
    learn?.(answer);
    expectDocumented(operationOf(name), answer);
  });

  it('replays every transcript there is', () => {
    const files = readdirSync(transcripts).map((file) => file.replace(/\.(request|answer)\.http$/, ''));
    expect([...new Set(files)].sort()).toEqual(steps.map(({ name }) => name).sort());
  });
});

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
  const configuration = join(demo.dataDirectory, 'demo', 'postern.yaml');
  const text = readFileSync(configuration, 'utf8');
  const few = 'color: "#00558c", registration: { clientsPerOrganization: 2 }';
  writeFileSync(configuration, text.replace('color: "#00558c"', few));
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
  for (let asked = 0; asked < 2_000; asked += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    if (answers.some(({ status }) => status === 429)) return;
  }
  throw new Error('no quota was reached');
}

/** The answer stands in the document: its status, its code, and the form of its body. */
function expectDocumented(operation: OpenapiOperation, answer: TlsAnswer): void {
  const response = operation.responses[String(answer.status)];
  expect(response, `${operation.operationId} ${answer.status}`).toBeDefined();
  const code = answer.json['error_code'];
  if (code !== undefined) expect(codesOf(operation, answer.status)).toContain(code);
  const schema = response?.content?.['application/json']?.schema;
  if (schema === undefined) expect(answer.text).toBe('');
  else expect(validatorOf(document, schema).safeParse(answer.json).error?.issues ?? []).toEqual([]);
}

function operationOf(name: string): OpenapiOperation {
  const { first } = readMessage(demo, `${name}.request`);
  const [, method = '', path = ''] = /^(\S+) (.+) HTTP\/1\.1$/.exec(first) ?? [];
  const template = path.replace('/demo-bank', '').replace(/registrations\/[^/]+/, 'registrations/{client_id}');
  const operation = operationsOf(document).get(`${method} ${template}`);
  if (operation === undefined) throw new Error(`the document has no ${method} ${template}`);
  return operation;
}

function urlOf(path: string): string {
  return `${demo.addresses.api}/demo-bank/${path}`;
}

function derOf({ path }: Credential): readonly string[] {
  return path.split(/(?<=-----END CERTIFICATE-----)/).map((pem) => pem.replaceAll(/-----[^-]+-----|\s/g, ''));
}
