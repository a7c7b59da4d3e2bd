import { generateKeyPairSync } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DemoAuthority,
  type DemoRecipe,
  type Identity,
  openDemoAuthority,
  toIdentity,
} from '../material/demo-authority.js';
import { expectRefusal } from '../material/expect-refusal.js';
import {
  caExtensions,
  commonName,
  ecKeys,
  type Issuer,
  issueCertificate,
  type Keys,
  rootCa,
  subordinateCa,
} from '../material/issue.js';
import { explicitKeys, randomOdd, rsaSpki } from '../material/odd-keys.js';
import { sendOverTls } from '../material/send-over-tls.js';
import { type RawExchange, rawRequest, sendRaw } from '../material/send-raw.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let authority: DemoAuthority;

beforeAll(async () => {
  demo = await startDemo();
  authority = openDemoAuthority(demo, 'PSDFR-ACPR-99999');
});

afterAll(() => demo?.stop());

const issue = (recipe: DemoRecipe = {}): Identity => authority.issue({ ...recipe, unrecorded: true });
const registrations = '/demo-bank/oauth2/registrations';
/** So that the client's own OpenSSL sends what the server is to survive. */
const careless: ConnectionOptions = { ciphers: 'DEFAULT@SECLEVEL=0' };

const send = (identity: Pick<Identity, 'path' | 'key'>, tls: ConnectionOptions, body = ''): Promise<RawExchange> => {
  const place = { url: demo.addresses.api, ca: demo.ca, identity, tls: { ...careless, ...tls } };
  const head = [`POST ${registrations} HTTP/1.1`, ['Content-Type: application/json', `Content-Length: ${body.length}`]];
  return sendRaw(place, rawRequest(place, head[0] as string, head[1] as string[], body), 1);
};

/** A client elsewhere that presents no certificate gets its answer: the process lives, and it is the one that was there. */
async function expectAlive(): Promise<void> {
  const url = `${demo.addresses.api}${registrations}`;
  expect((await sendOverTls({ method: 'GET', url, ca: demo.ca, from: '127.0.0.9' })).status).toBe(401);
}

/** What costs much counts against its address. */
const from = (address: string) => ({ localAddress: address, family: 4 }) as ConnectionOptions;

const curves = ['brainpoolP256r1', 'brainpoolP384t1', 'brainpoolP512r1', 'secp256k1', 'sect571r1', 'prime192v1'];
const good = ecKeys();
const oddKeys: readonly (readonly [string, Keys])[] = [
  ...curves.map((curve) => [curve, ecKeys(curve)] as const),
  ['explicit parameters', explicitKeys()],
  ['explicit parameters of brainpoolP256r1', explicit('brainpoolP256r1')],
  ['ed448', ofKind(generateKeyPairSync('ed448'))],
  ['DSA', ofKind(generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }))],
];

function explicit(namedCurve: string): Keys {
  return ofKind(generateKeyPairSync('ec', { namedCurve, paramEncoding: 'explicit' }));
}

function ofKind({ publicKey, privateKey }: Pick<Keys, 'publicKey' | 'privateKey'>): Keys {
  return { publicKey, privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) };
}

/** A certificate authority of somebody's own, which signs with its key where that is for ECDSA. */
function authorityOf(keys: Keys): Issuer & { readonly certificate: Uint8Array } {
  return keys.publicKey.asymmetricKeyType === 'ec' ? rootCa('Any CA', { keys }) : authorityWith(keys.spki);
}

/** One whose certificate has another key than it signs with: any octets will do. */
function authorityWith(spki: Uint8Array): Issuer & { readonly certificate: Uint8Array } {
  const subject = commonName('Any CA');
  const issuer = { name: subject, keys: good };
  const recipe = { subject, issuer, bare: true, extensions: caExtensions() };
  return { ...issuer, certificate: issueCertificate({ ...recipe, keys: { spki } }) };
}

describe('keys on curves without a NIST name, and worse', () => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const tls = { minVersion: version, maxVersion: version };

    it.each(oddKeys)(`C51, C58: an issuer with %s ends nothing, by ${version}`, async (_name, keys) => {
      const issuer = authorityOf(keys);
      const above = [issuer.certificate, authority.issuing];
      const { answers } = await send(issue({ issuer, above }), tls);
      expectRefusal(answers[0] as never, 401, 'CERTIFICATE_INVALID');
      await expectAlive();
    });

    it.each(oddKeys)(`C51, C58: an end entity with %s ends nothing, by ${version}`, async (_name, keys) => {
      const identity = issue({ keys });
      const { answers } = await send(identity, tls).catch(() => ({ answers: [] }));
      // With some of these a client's OpenSSL gives up, or presents nothing.
      for (const { text } of answers) expect(text).toMatch(/CERTIFICATE_(INVALID|MISSING)/);
      await expectAlive();
    });
  }

  it.each([
    ['brainpoolP256r1', 'TLSv1.3', ecKeys('brainpoolP256r1')],
    ['brainpoolP384r1', 'TLSv1.3', ecKeys('brainpoolP384r1')],
    ['brainpoolP512r1', 'TLSv1.3', ecKeys('brainpoolP512r1')],
    ['with explicit parameters', 'TLSv1.2', explicitKeys()],
  ] as const)('C51: a QWAC whose own key is on the curve %s is refused by %s, and told so', async (curve, version, keys) => {
    const { answers } = await send(issue({ keys }), { minVersion: version, maxVersion: version });
    expectRefusal(answers[0] as never, 401, 'CERTIFICATE_INVALID');
    expect(answers[0]?.text).toContain(`the curve ${curve} is not one of P-256, P-384, P-521`);
  });

  it.each([
    ['no point', Buffer.concat([good.spki.subarray(0, 27), Buffer.alloc(64, 0x5a)])],
    ['RSA of 16384 bits', rsaSpki(randomOdd(2_048))],
    ['RSA without content', rsaSpki(new Uint8Array(), 1)],
    ['nothing readable', Uint8Array.of(0x30, 0x00)],
  ])('C51, C58: an issuer with %s ends nothing', async (_name, spki) => {
    const above = [authorityWith(spki).certificate];
    await send(issue({ above }), {}).catch(() => undefined);
    await expectAlive();
  });
});

describe('long paths', () => {
  it('C55: one of more than ten certificates is refused, with the finding, and one of ten is read', async () => {
    const decoys = decoysOf(9);
    const ten = await send(issue({ above: [...decoys.slice(0, 8), authority.issuing] }), {});
    expect(findingsOf(ten, 'fail')).not.toContain('path.well-built');
    const eleven = await send(issue({ above: [...decoys, authority.issuing] }), {});
    expectRefusal(eleven.answers[0] as never, 401, 'CERTIFICATE_INVALID');
    expect(findingsOf(eleven, 'fail')).toContain('path.well-built');
  });

  it('C55: a path of a hundred certificates on slow curves, or one of 60 KiB, ends its connection without an answer', async () => {
    const slow = ecKeys('sect571r1');
    let issuer: Issuer & { readonly certificate: Uint8Array } = rootCa('Slow 0', { keys: slow });
    const path: Uint8Array[] = [issuer.certificate];
    for (let i = 1; i < 100; i += 1) {
      issuer = subordinateCa(`Slow ${i}`, issuer, { keys: slow });
      path.unshift(issuer.certificate);
    }
    const subject = commonName('anybody');
    const leaf = issueCertificate({ subject, keys: good, issuer });
    const wide = issueCertificate({ subject: commonName('x'.repeat(60_000)), keys: good, issuer });
    for (const [identity, address] of [
      [toIdentity(leaf, { keys: good, above: path }), '127.0.0.7'],
      [toIdentity(wide, { keys: good, above: [] }), '127.0.0.8'],
    ] as const) {
      expect(await send(identity, from(address))).toMatchObject({ answers: [], closed: true });
      await expectAlive();
    }
  });

  it('a large body that comes with the end of the handshake is no part of it', async () => {
    const body = JSON.stringify({ client_name: 'x'.repeat(60_000) });
    const { answers } = await send(issue(), {}, body);
    expect(answers.length).toBe(1);
  });
});

function decoysOf(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, () => rootCa('Decoy').certificate);
}

function findingsOf({ answers }: RawExchange, outcome: string): readonly string[] {
  const findings = JSON.parse(answers[0]?.text ?? '{}').findings ?? [];
  return findings
    .filter((each: { outcome: string }) => each.outcome === outcome)
    .map(({ rule }: { rule: string }) => rule);
}
