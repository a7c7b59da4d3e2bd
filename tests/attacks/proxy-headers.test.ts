import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Enrolled, enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import { type RawAnswer, rawRequest, sendRaw } from '../material/send-raw.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
let caller: Enrolled;
let victim: Enrolled;

beforeAll(async () => {
  demo = await startDemo();
  world = openTppWorld(demo);
  [caller, victim] = await Promise.all([enroll(world), enroll(world)]);
});

afterAll(async () => {
  world?.close();
  await demo?.stop();
});

const check = '/demo-bank/certificate-check';
const registrations = '/demo-bank/oauth2/registrations';

/** One GET on the api listener with these header lines, as the caller or as nobody. */
async function get(
  path: string,
  lines: readonly string[],
  identity: Enrolled['qwac'] | undefined = undefined,
): Promise<RawAnswer> {
  const place = { url: demo.addresses.api, ca: demo.ca, identity };
  return (await sendRaw(place, rawRequest(place, `GET ${path} HTTP/1.1`, lines), 1)).answers[0] as RawAnswer;
}

/** Base64 of the victim's certificates, and its PEM as proxies escape it. */
function forged(): { readonly leaf: string; readonly issuer: string; readonly pem: string } {
  const [leaf = '', issuer = ''] = [...victim.qwac.path.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END/g)].map(
    ([, text = '']) => text.replaceAll(/\s/g, ''),
  );
  return {
    leaf,
    issuer,
    pem: encodeURIComponent(victim.qwac.path.slice(0, victim.qwac.path.indexOf('-----END') + 25)),
  };
}

const names = [
  'Client-Cert',
  'client-cert',
  'CLIENT-CERT',
  'Client_Cert',
  'X-Client-Cert',
  'X-SSL-Client-Cert',
  'X-SSL-CERT',
  'SSL-Client-Cert',
  'SSL_CLIENT_CERT',
  'X-Forwarded-Client-Cert',
  'X-ARR-ClientCert',
  'X-Amzn-Mtls-Clientcert',
  'X-Amzn-Mtls-Clientcert-Leaf',
  'TPP-QWAC-Certificate',
];

describe('certificates in headers', () => {
  const values = () => {
    const { leaf, pem } = forged();
    return [`:${leaf}:`, leaf, pem, `Cert="${pem}"`];
  };

  it.each(names)('P1, P2, P3: %s makes no certificate where there is none', async (name) => {
    for (const value of values()) {
      for (const path of [check, registrations, '/demo-bank/stet-psd2-api/v1/accounts']) {
        expectRefusal(
          await get(path, [`${name}: ${value}`, 'X-SSL-Client-Verify: SUCCESS']),
          401,
          'CERTIFICATE_MISSING',
        );
      }
    }
  });

  it.each(names)("P1, P2, P3: %s does not stand in the place of the connection's own", async (name) => {
    for (const value of values()) {
      const answer = await get(check, [`${name}: ${value}`], caller.qwac);
      expect(JSON.parse(answer.text)).toMatchObject({
        organization: { identifier: caller.party.organizationIdentifier },
      });
    }
  });

  it('P2, P5: repeated, as a list, with its chain and with nonsense, it changes nothing', async () => {
    const { leaf, issuer } = forged();
    const sets = [
      [`Client-Cert: :${leaf}:`, `Client-Cert: :${leaf}:`],
      [`Client-Cert: :${leaf}:, :${leaf}:`],
      [`Client-Cert: :${leaf}:`, `Client-Cert-Chain: :${issuer}:`],
      ['Client-Cert: :%%%:'],
      ['Client-Cert:'],
    ];
    for (const lines of sets) {
      expectRefusal(await get(check, lines), 401, 'CERTIFICATE_MISSING');
      const answer = await get(check, lines, caller.qwac);
      expect(JSON.parse(answer.text)).toMatchObject({
        organization: { identifier: caller.party.organizationIdentifier },
      });
    }
  });

  it('P2, P7: with a space before the colon, or with a line break, it is no header', async () => {
    const { leaf } = forged();
    expectRefusal(await get(check, [`Client-Cert : :${leaf}:`]), 400, 'REQUEST_MALFORMED');
    expectRefusal(
      await get(check, [`Client-Cert: :${leaf.slice(0, 40)}\r\n ${leaf.slice(40)}:`]),
      400,
      'REQUEST_MALFORMED',
    );
    expectRefusal(await get(check, [`X-A: 1\nClient-Cert: :${leaf}:`]), 400, 'REQUEST_MALFORMED');
  });

  it('P9: named as a hop-by-hop header, nothing changes', async () => {
    const { leaf } = forged();
    for (const connection of ['Client-Cert', 'close, Client-Cert', 'Host', 'Authorization, Signature']) {
      const lines = [`Connection: ${connection}`, `Client-Cert: :${leaf}:`];
      expectRefusal(await get(check, lines), 401, 'CERTIFICATE_MISSING');
      expect((await get(check, lines, caller.qwac)).status).toBe(200);
    }
  });
});

describe('addresses in headers', () => {
  const forwarded = [
    'X-Forwarded-For: 10.0.0.1',
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: http',
    'X-Forwarded-Port: 80',
    'X-Forwarded-Prefix: /evil',
    'X-Forwarded-Server: evil.example',
    'X-Real-IP: 127.0.0.1',
    'X-Host: evil.example',
    'X-Original-Host: evil.example',
    'Forwarded: for=127.0.0.1;host=evil.example;proto=http',
    'True-Client-IP: 127.0.0.1',
  ];

  it('P3: change no address that the api listener tells', async () => {
    const paths = ['/.well-known/oauth-authorization-server/demo-bank', '/demo-bank/oauth2/jwks', registrations];
    for (const path of paths) {
      const [plain, spoofed] = [await get(path, [], caller.qwac), await get(path, forwarded, caller.qwac)];
      expect(plain.status).toBe(200);
      expect([spoofed.status, spoofed.text]).toEqual([plain.status, plain.text]);
    }
    const refused = await get(check, forwarded);
    expectRefusal(refused, 401, 'CERTIFICATE_MISSING');
    expect(refused.text).not.toContain('evil');
  });

  it('P3: change no address on the web listener', async () => {
    const web = { url: demo.addresses.web, ca: demo.ca };
    for (const path of ['/demo-bank', '/demo-bank/fr/developers', '/', '/demo-bank/oauth2/fr/authorize']) {
      const ask = async (lines: readonly string[]) =>
        (await sendRaw(web, rawRequest(web, `GET ${path} HTTP/1.1`, lines), 1)).answers[0];
      const [plain, spoofed] = [await ask([]), await ask(forwarded)];
      expect([spoofed?.status, spoofed?.headers['location']]).toEqual([plain?.status, plain?.headers['location']]);
      expect(`${spoofed?.text}${JSON.stringify(spoofed?.headers)}`).not.toContain('evil');
    }
  });

  it('P3, C64: open no listener under another name', async () => {
    expectRefusal(
      await get(check, ['Host: evil.example', `X-Forwarded-Host: ${new URL(demo.addresses.api).host}`], caller.qwac),
      421,
      'MISDIRECTED_REQUEST',
    );
  });
});

it('still answers', async () => {
  expect((await get(check, [], caller.qwac)).status).toBe(200);
});
