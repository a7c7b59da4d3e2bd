import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Credential, type RunningDemo, startDemo } from '../material/start-demo.js';

const directory = fileURLToPath(new URL('../../server/transcripts/', import.meta.url));
let demo: RunningDemo;
let qwac: Credential;
let seal: Credential;

beforeAll(async () => {
  demo = await startDemo();
  const order = { organizationIdentifier: 'PSDFR-ACPR-4711', roles: 'PSP_AI' };
  qwac = await demo.issue({ ...order, kind: 'qwac' });
  seal = await demo.issue({ ...order, kind: 'qsealc' });
});

afterAll(() => demo.stop());

it('register: the request of the portal gets the answer of the portal', async () => {
  const [leaf, issuer] = seal.path
    .split(/(?<=-----END CERTIFICATE-----)/)
    .map((pem) => pem.replaceAll(/-----[^-]+-----|\s/g, ''));
  const wanted = parse('register.answer');
  const sent = parse('register.request');
  const body = sent.body
    .replace('<base64 DER of the QSealC>', leaf ?? '')
    .replace('<base64 DER of its issuer>', issuer ?? '');
  const answer = await send(sent, body);
  expect(`HTTP/1.1 ${answer.status} ${answer.statusText}`).toBe(wanted.first);
  for (const [name, value] of wanted.headers) expect(answer.headers[name.toLowerCase()], name).toEqual(matching(value));
  compare(JSON.parse(answer.body), JSON.parse(wanted.body), '');
});

interface Message {
  readonly first: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

function parse(name: string): Message {
  const text = readFileSync(`${directory}${name}.http`, 'utf8')
    .replaceAll('{prefix}', '/demo-bank')
    .replaceAll('{host}', new URL(demo.addresses.api).host);
  const [head = '', body = ''] = text.split('\n\n');
  const [first = '', ...lines] = head.split('\n');
  return {
    first,
    headers: lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
    body,
  };
}

function send(
  { first, headers }: Message,
  body: string,
): Promise<{ status: number; statusText: string; headers: Record<string, unknown>; body: string }> {
  const [method = '', path = ''] = first.split(' ');
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${demo.addresses.api}${path}`,
      {
        method,
        headers: Object.fromEntries(headers.filter(([name]) => name !== 'Host')),
        ca: demo.ca,
        cert: qwac.path,
        key: qwac.key,
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            statusText: answer.statusMessage ?? '',
            headers: answer.headers,
            body: text,
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** What stands in angle brackets may be any text; everything else must be the same. */
function matching(value: string): unknown {
  return value.startsWith('<') ? expect.stringMatching(/./) : value;
}

function compare(found: unknown, wanted: unknown, path: string): void {
  if (Array.isArray(wanted) && Array.isArray(found)) {
    if (!path.endsWith('x5c')) expect(found.length, path).toBe(wanted.length);
    wanted.forEach((item, index) => {
      compare(found[index], item, `${path}[${index}]`);
    });
  } else if (wanted !== null && typeof wanted === 'object' && found !== null && typeof found === 'object') {
    expect(Object.keys(found).sort(), path).toEqual(Object.keys(wanted).sort());
    for (const [key, value] of Object.entries(wanted))
      compare((found as Record<string, unknown>)[key], value, `${path}.${key}`);
  } else if (typeof wanted === 'number') expect(found, path).toEqual(expect.any(Number));
  else expect(found, path).toEqual(typeof wanted === 'string' ? matching(wanted) : wanted);
}
