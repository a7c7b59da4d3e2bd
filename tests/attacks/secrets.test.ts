import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbedded } from '../../server/src/store/open-embedded.js';
import type { Connection } from '../../tpp/src/http/connection.js';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { startAuthorization } from '../../tpp/src/oauth/authorization-request.js';
import { fetchServerMetadata } from '../../tpp/src/oauth/server-metadata.js';
import { answerPages } from '../../tpp/src/psu/answer-pages.js';
import { createBrowser } from '../../tpp/src/psu/browser.js';
import { createCanaries } from '../material/canaries.js';
import { type Enrolled, enroll, obtainTokens, openTppWorld, type TppWorld } from '../material/enroll.js';
import { readHeap } from '../material/heap-of.js';
import { sendRaw } from '../material/send-raw.js';
import { writeSignedCall } from '../material/signed-call.js';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

const canaries = createCanaries();
/** Secrets of a journey that went all the way, by what they are. */
const secrets = new Map<string, string>();
let demo: RunningDemo;
let routes: readonly Route[];
let heap: string;
let files: readonly (readonly [string, string])[];
let columns: readonly (readonly [string, string])[];

interface Route {
  readonly listener: 'api' | 'web' | 'operator' | 'management';
  readonly method: string;
  readonly url: string;
}

/** What the store keeps of what was sent, by column. All of it is the subject of a certificate: who asked is what the product is to know. */
const kept: Readonly<Record<string, readonly string[]>> = {
  'audit_event.organization_identifier': ['subject'],
  'decision.organization_identifier': ['subject'],
  'decision.record': ['subject'],
  'evidence.bytes': ['subject'],
  'quota.key': ['subject'],
};

/** Who holds a certificate is remembered, and the framework's last hundred media types are, by their text. */
const keptInHeap: readonly string[] = ['subject', 'type'];

beforeAll(async () => {
  demo = await startDemo({ NODE_OPTIONS: '--inspect=127.0.0.1:0' }, ['--log-level', 'debug']);
  await goAllTheWay();
  const stranger = await demo.issue({
    kind: 'qwac',
    organizationIdentifier: `PSDFR-ACPR-${canaries.at('subject').slice(0, 30)}`,
    roles: 'PSP_AI',
  });
  // Not before: what the start wrote may still be on its way when the server says that it is ready.
  routes = listRoutes(demo.logged());
  await Promise.all([
    sendAllMarked(routes, undefined),
    sendAllMarked(
      routes.filter(({ listener }) => listener === 'api'),
      stranger,
    ),
  ]);
  for (let round = 0; round < 20; round += 1) await sendPlainly(`/nothing-${round}`);
  heap = await readHeap(demo.logged());
  await demo.stop();
  files = readFiles(demo.dataDirectory);
  columns = await readColumns(join(demo.dataDirectory, 'store'));
}, 300_000);

afterAll(() => demo?.stop());

function listRoutes(log: string): readonly Route[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes('"msg":"serves"')) return [];
    const { listener, method, url } = JSON.parse(line);
    return [method].flat().map((each: string) => ({ listener, url, method: each }));
  });
}

/** Registers, obtains tokens, calls with a signature that is refused, and keeps every secret that came by. */
async function goAllTheWay(): Promise<void> {
  const world = openTppWorld(demo);
  const watched = { ...world, connect: (...given: Parameters<typeof world.connect>) => watch(world.connect(...given)) };
  const client = await enroll(watched);
  const tokens = await obtainTokens(watched, client);
  secrets.set('access token', tokens.accessToken);
  secrets.set('refresh token', tokens.refreshToken ?? '');
  secrets.set('authorization code', tokens.code);
  await signInWrongly(watched, client);
  const call = {
    host: new URL(demo.addresses.api).host,
    target: '/demo-bank/stet-psd2-api/v1/accounts',
    token: tokens.accessToken,
    key: client.seal.privateKey,
    keyId: client.seal.keyId,
  };
  const headers = { 'psu-ip-address': canaries.at('psuaddress'), 'psu-user-agent': canaries.at('psuagent') };
  const bytes = writeSignedCall(call, {
    headers,
    cover: Object.keys(headers),
    altered: { 'x-request-id': randomUUID() },
  });
  const { answers } = await sendRaw({ url: demo.addresses.api, ca: demo.ca, identity: client.qwac }, bytes, 1);
  expect(answers[0]?.text).toContain('SIGNATURE_INVALID');
  world.close();
}

/** A payment service user types something else where the password belongs, until the bank has enough of it. */
async function signInWrongly(world: TppWorld, client: Enrolled): Promise<void> {
  const metadata = await fetchServerMetadata(client.connection, world.bank);
  const redirectUri = redirectUriOf(client.party);
  const wish = { ...metadata, clientId: client.clientId, redirectUri, scope: 'aisp' };
  const psu = { user: 'noam', password: canaries.at('password') };
  const browser = createBrowser(world.connect(), redirectUri);
  const visit = { browser, authorizationUrl: startAuthorization(wish).url, psu };
  expect((await answerPages(visit)).leftTo).toContain('error=access_denied');
}

/** Fields of forms that hold a secret, with what it is. */
const secretFields = new Map([
  ['code', 'one-time code'],
  ['code_verifier', 'code verifier'],
  ['form', 'token of a form'],
]);

/** A connection whose secrets are kept: cookies that are set, and fields that are posted. */
function watch(connection: Connection): Connection {
  return {
    ...connection,
    send: async (sent) => {
      if (typeof sent.body === 'string' && !sent.body.startsWith('{')) {
        for (const [field, value] of new URLSearchParams(sent.body)) {
          const name = secretFields.get(field);
          if (name !== undefined && value.length >= 6) secrets.set(name, value);
        }
      }
      const answer = await connection.send(sent);
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value.length > 10) secrets.set(`cookie ${name}`, value);
      }
      return answer;
    },
  };
}

function openAgent(identity: Credential | undefined): Agent {
  const credential = identity === undefined ? {} : { cert: identity.path, key: identity.key };
  return new Agent({ keepAlive: true, maxSockets: 1, ca: demo.ca, ...credential });
}

async function sendAllMarked(asked: readonly Route[], identity: Credential | undefined): Promise<void> {
  const agent = openAgent(identity);
  for (const route of asked) for (const body of bodies) await sendMarked(route, { body, agent });
  agent.destroy();
}

const fields = [
  'grant_type',
  'client_id',
  'client_secret',
  'code',
  'code_verifier',
  'refresh_token',
  'redirect_uri',
  'scope',
  'token',
  'user',
  'password',
  'answer',
  'form',
  'secret',
  'name',
  'message',
  'email',
  'certificate',
  'request',
  'link',
  'csr',
  'state',
];
const asObject = (mark: (name: string) => string) =>
  Object.fromEntries(
    [...fields, 'client_name', 'software_statement', 'redirect_uris'].map((name) => [name, mark(name)]),
  );
const markOf = (kind: string) => (name: string) => canaries.at(`${kind}${name.replaceAll('_', '')}`);

const bodies: readonly (readonly [type: string, text: string])[] = [
  ['application/x-www-form-urlencoded', new URLSearchParams(asObject(markOf('form'))).toString()],
  [
    'application/json',
    JSON.stringify({ ...asObject(markOf('json')), [canaries.at('jsonname')]: { [canaries.at('deepname')]: 1 } }),
  ],
  ['application/json', `{"client_name": ${canaries.at('brokenjson')}`],
  [
    'multipart/form-data; boundary=b',
    `--b\r\nContent-Disposition: form-data; name="${canaries.at('partname')}"; filename="${canaries.at('filename')}"\r\n\r\n${canaries.at('part')}\r\n--b--\r\n`,
  ],
  [`text/${canaries.at('type')}`, canaries.at('text')],
];

/** Asks a route with a mark in every place; whatever is answered. */
async function sendMarked(route: Route, sent: { body: (typeof bodies)[number]; agent: Agent }): Promise<void> {
  const [type, text] = sent.body;
  const hasBody = route.method === 'POST' || route.method === 'PUT';
  if (!hasBody && sent.body !== bodies[0]) return;
  const path = route.url.replaceAll(/:\w+/g, canaries.at('path')).replace('*', canaries.at('rest'));
  const headers = {
    ...Object.fromEntries(
      [
        'user-agent',
        'x-request-id',
        'idempotency-key',
        'psu-ip-address',
        'psu-user-agent',
        'digest',
        'if-match',
        'x-other',
      ].map((name) => [name, canaries.at(name.replaceAll('-', ''))]),
    ),
    authorization: `Bearer ${canaries.at('bearer')}`,
    cookie: ['__Host-psu', '__Host-operator', '__Host-sandbox', 'other']
      .map((name) => `${name}=${canaries.at('cookie')}`)
      .join('; '),
    signature: `keyId="${canaries.at('keyid')}",algorithm="rsa-sha256",headers="date",signature="${canaries.at('signature')}"`,
    accept: `text/html, ${canaries.at('accept')}`,
    'accept-language': canaries.at('language'),
    referer: `https://${canaries.at('referer')}.example/`,
    ...(hasBody ? { 'content-type': type, 'content-length': String(Buffer.byteLength(text)) } : {}),
  };
  const url = `${demo.addresses[route.listener]}${path}?code=${canaries.at('querycode')}&${canaries.at('queryname')}=1`;
  await send(url, { method: route.method, headers, agent: sent.agent }, hasBody ? text : undefined);
}

function sendPlainly(path: string): Promise<void> {
  const agent = openAgent(undefined);
  return send(`${demo.addresses.api}${path}`, { method: 'GET', headers: {}, agent }).finally(() => agent.destroy());
}

function send(
  url: string,
  { agent, ...options }: { method: string; headers: Record<string, string>; agent: Agent },
  body?: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const ask = url.startsWith('https:') ? request(url, { ...options, agent }) : requestPlain(url, options);
    ask.on('response', (answer) => answer.resume().on('close', resolve));
    ask.on('error', reject);
    ask.end(body);
  });
}

function readFiles(directory: string): typeof files {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')] as const);
}

/** Every value of every column, as text; octets as they are. */
async function readColumns(directory: string): Promise<typeof columns> {
  const database = await openEmbedded(directory);
  try {
    const all = await database.query<{ table_name: string; column_name: string; data_type: string }>(
      "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'",
    );
    return await Promise.all(
      all.map(async ({ table_name: table, column_name: column, data_type: type }) => {
        const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
        const rows = await database.query<{ value: string | null }>(`select ${text} as value from "${table}"`);
        return [`${table}.${column}`, rows.map(({ value }) => value ?? '').join('\n')] as const;
      }),
    );
  } finally {
    await database.close();
  }
}

/** The secrets of the journey that stand in a text; six digits alone, not as a part of a longer number. */
function secretsIn(text: string): readonly string[] {
  const found = [...secrets].filter(([, secret]) =>
    /^\d+$/.test(secret) ? new RegExp(`(?<![\\d.])${secret}(?!\\d)`).test(text) : text.includes(secret),
  );
  return found.map(([name]) => name);
}

function findIn(texts: typeof columns, find: (text: string) => readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    texts.map(([name, text]) => [name, find(text)] as const).filter(([, found]) => found.length > 0),
  );
}

it('asks every route that there is', () => {
  expect(new Set(routes.map(({ listener }) => listener))).toEqual(new Set(['api', 'web', 'operator', 'management']));
  expect(routes).toContainEqual({ listener: 'api', method: 'GET', url: '/demo-bank/stet-psd2-api/v1/accounts' });
  expect([...secrets.keys()]).toEqual(
    expect.arrayContaining(['access token', 'authorization code', 'code verifier', 'one-time code', 'refresh token']),
  );
});

it('writes nothing of it into the log', () => {
  // What the log does say of a refused signature.
  expect(demo.logged()).toMatch(/"signingString":"sha256:/);
  expect(canaries.placesIn(demo.logged())).toEqual([]);
  expect(secretsIn(demo.logged())).toEqual([]);
});

it('keeps nothing of it in the memory', () => {
  expect(canaries.placesIn(heap)).toEqual(keptInHeap);
  expect(secretsIn(heap)).toEqual([]);
});

it('keeps in the store who asked, and secrets as digests', () => {
  expect(findIn(columns, canaries.placesIn)).toEqual(kept);
  expect(findIn(columns, secretsIn)).toEqual({});
});

it('writes no secret into any file', () => {
  const long = [...secrets].filter(([name]) => name !== 'one-time code');
  const found = long.flatMap(([name, secret]) =>
    files.flatMap(([file, text]) => (text.includes(secret) ? [`${name}: ${file}`] : [])),
  );
  expect(found).toEqual([]);
  const marked = new Set(files.flatMap(([, text]) => canaries.placesIn(text)));
  expect([...marked]).toEqual(['subject']);
});
