import { randomBytes, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as der from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import { parseCertificate } from '../../core/src/certificate/parse-certificate.js';
import { certificateDefects } from '../material/certificate-defects.js';
import { alternativeName, encodedIdentifier, pspAi, roleList, validity } from '../material/certificate-parts.js';
import {
  type DemoAuthority,
  type DemoRecipe,
  type Identity,
  openDemoAuthority,
  toIdentity,
} from '../material/demo-authority.js';
import { type Enrolled, enroll, openTppWorld, type TppWorld } from '../material/enroll.js';
import { expectRefusal } from '../material/expect-refusal.js';
import {
  caExtensions,
  commonName,
  ecKeys,
  ed25519Keys,
  extension,
  type Issuer,
  issueCertificate,
  keyIdentifierOf,
  rootCa,
  rsaKeys,
} from '../material/issue.js';
import { randomOdd, rsaSpki } from '../material/odd-keys.js';
import { organization } from '../material/psd2.js';
import { crlAt, ocspAt } from '../material/revocation-addresses.js';
import { sendOverTls, type TlsAnswer } from '../material/send-over-tls.js';
import { type RawAnswer, rawRequest, sendRaw } from '../material/send-raw.js';
import { type RunningDemo, startDemo } from '../material/start-demo.js';

let demo: RunningDemo;
let world: TppWorld;
let client: Enrolled;
let authority: DemoAuthority;
let organizationIdentifier: string;

beforeAll(async () => {
  demo = await startDemo();
  world = openTppWorld(demo);
  client = await enroll(world);
  organizationIdentifier = client.party.organizationIdentifier;
  authority = openDemoAuthority(demo, organizationIdentifier);
});

afterAll(async () => {
  world?.close();
  await demo?.stop();
});

const registrations = '/demo-bank/oauth2/registrations';
const accounts = '/demo-bank/stet-psd2-api/v1/accounts';
/** So that the client's own OpenSSL sends what the server is to refuse. */
const careless: ConnectionOptions = { ciphers: 'DEFAULT@SECLEVEL=0' };

interface Outcome {
  readonly oauth: RawAnswer;
  readonly stet: RawAnswer;
  readonly findings: readonly { readonly rule: string; readonly outcome: string; readonly found: string }[];
}

/** A protected endpoint of each dialect, on one connection under the certificate. */
async function knock(identity: Pick<Identity, 'path' | 'key'>): Promise<Outcome> {
  const place = { url: demo.addresses.api, ca: demo.ca, identity, tls: careless };
  const requests = [registrations, accounts].map((path) => rawRequest(place, `GET ${path} HTTP/1.1`));
  const { answers } = await sendRaw(place, requests.join(''), 2);
  const [oauth, stet] = answers as [RawAnswer, RawAnswer];
  return { oauth, stet, findings: JSON.parse(oauth.text).findings ?? [] };
}

/** Refused in both dialects with the code, and by the rule when it names one. */
async function expectRefused(identity: Pick<Identity, 'path' | 'key'>, code: string, rule?: string): Promise<void> {
  const { oauth, stet, findings } = await knock(identity);
  expectRefusal(oauth, 401, code);
  expectRefusal(stet, code === 'ROLE_INVALID' ? 403 : 401, code);
  if (rule !== undefined)
    expect(
      findings
        .filter(({ outcome }) => outcome === 'fail' || outcome === 'indeterminate')
        .map((finding) => finding.rule),
    ).toContain(rule);
}

async function expectAccepted(identity: Pick<Identity, 'path' | 'key'>): Promise<void> {
  const { oauth, stet } = await knock(identity);
  expect([oauth.status, JSON.parse(stet.text).error_code]).toEqual([200, 'TOKEN_MISSING']);
}

const check = (identity: Pick<Identity, 'path' | 'key'>): Promise<TlsAnswer> =>
  sendOverTls({ method: 'GET', url: `${demo.addresses.api}/demo-bank/certificate-check`, ca: demo.ca, identity });

const secondsFromNow = (seconds: number) => new Date((Math.floor(Date.now() / 1_000) + seconds) * 1_000);
describe('the certificate of the connection', () => {
  it('a good one opens both dialects, whatever good key it has', async () => {
    for (const keys of [ecKeys(), ecKeys('P-384'), ed25519Keys(), rsaKeys(2048)])
      await expectAccepted(authority.issue({ keys }));
  });

  it('C1: refuses when there is none', async () => {
    for (const path of [registrations, accounts, '/demo-bank/certificate-check']) {
      const answer = await sendOverTls({ method: 'GET', url: `${demo.addresses.api}${path}`, ca: demo.ca });
      expectRefusal(answer, 401, 'CERTIFICATE_MISSING');
    }
  });

  it('C3: refuses one that ended a second ago, and takes one that ends in half a minute', async () => {
    await expectRefused(authority.issue({ notAfter: secondsFromNow(-1) }), 'CERTIFICATE_EXPIRED', 'time.not-expired');
    await expectAccepted(authority.issue({ notAfter: secondsFromNow(30) }));
  });

  it('C4, C5: refuses one that begins later, by an hour or by half a minute', async () => {
    await expectRefused(
      authority.issue({ notBefore: secondsFromNow(3_600) }),
      'CERTIFICATE_INVALID',
      'time.not-before',
    );
    await expectRefused(authority.issue({ notBefore: secondsFromNow(30) }), 'CERTIFICATE_INVALID', 'time.not-before');
    await expectAccepted(authority.issue({ notBefore: secondsFromNow(0) }));
  });

  it.each(
    certificateDefects.map(([row, title, ...rest]) => [row, title, rest] as const),
  )('%s: refuses %s', async (_row, _title, [recipe, code, rule]) => {
    const given = { organizationIdentifier, trust: demo.addresses.trust };
    await expectRefused(authority.issue(typeof recipe === 'function' ? recipe(given) : recipe), code, rule);
  });

  it('C16: grants nothing for an unknown role, and says so', async () => {
    const identity = authority.issue(roleList(['0.4.0.19495.1.9', 'PSP_XX'], pspAi));
    await expectAccepted(identity);
    const { json } = await check(identity);
    expect(json).toMatchObject({
      outcome: 'qualified',
      roles: ['PSP_AI'],
      organization: { certificateRoles: ['PSP_AI'] },
    });
    expect(json['findings']).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'psd2.roles-known', outcome: 'warn' })]),
    );
  });

  it('C21: compares the organizationIdentifier byte for byte', async () => {
    const number = organizationIdentifier.split('-')[2] ?? '';
    const lookalikes = [
      organizationIdentifier.toLowerCase(),
      `${organizationIdentifier} `,
      ` ${organizationIdentifier}`,
      `${organizationIdentifier}\u00a0`,
      `PSDFR\u2010ACPR\u2010${number}`,
      `PSDFR-\u0391CPR-${number}`,
      `PSDFR-ACPR-${number}\u200b`,
      `PSDFR-ACPR${number}`,
      `psdFR-ACPR-${number}`,
    ];
    for (const text of lookalikes)
      await expectRefused(
        authority.issue({ organizationIdentifier: text }),
        'CERTIFICATE_INVALID',
        'organization.identifier-format',
      );
    for (const type of [0x1e, 0x14, 0x16]) {
      const bytes =
        type === 0x1e ? Buffer.from(organizationIdentifier, 'utf16le').swap16() : Buffer.from(organizationIdentifier);
      await expectRefused(
        authority.issue({ subject: encodedIdentifier(type, bytes) }),
        'CERTIFICATE_INVALID',
        'organization.identifier-format',
      );
    }
    for (const text of [`PSDFR-ACPR-0${number}`, `PSDFR-ACPR-${number}0`]) {
      await expectRefused(
        authority.issue({ organizationIdentifier: text }),
        'CERTIFICATE_BLOCKED',
        'register.organization-found',
      );
    }
  });

  it('C27, C28: takes the word of a fresh CRL where OCSP says unknown, or nothing', async () => {
    await expectAccepted(authority.issue({ unrecorded: true }));
    await expectAccepted(
      authority.issue({
        revocation: [ocspAt('http://127.0.0.1:1/ocsp'), crlAt(`${demo.addresses.trust}/crl/issuing.crl`)],
      }),
    );
  });

  it('C59: reads alternative names from DER and from nowhere else', async () => {
    const texts = ['a.example, DNS:bank.example', 'a.example", DNS:"b', "a', IP Address:127.0.0.1"];
    for (const text of texts)
      await expectAccepted(authority.issue({ more: [alternativeName(der.tlv(0x82, Buffer.from(text)))] }));
    await expectAccepted(
      authority.issue({ more: [alternativeName(der.tlv(0x88, der.objectIdentifier('1.2.3').subarray(2)))] }),
    );
  });

  it('C62: takes another legal name, and says so', async () => {
    const { json } = await check(authority.issue());
    expect(json['outcome']).toBe('qualified');
    expect(json['findings']).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'register.legal-name-agrees', outcome: 'warn' })]),
    );
  });
});

describe('the path of the certificate', () => {
  const selfSigned = (): Identity => {
    const keys = ecKeys();
    return authority.issue({
      keys,
      issuer: { name: organization(organizationIdentifier), keys },
      above: [],
      unrecorded: true,
    });
  };
  const under = (issuer: Issuer & { readonly certificate: Uint8Array }, ...above: readonly Uint8Array[]) =>
    authority.issue({ issuer, above: [issuer.certificate, ...above], unrecorded: true });
  /** A CA below the demo's own, made as the extensions say. */
  const below = (extensions: readonly Uint8Array[]): Issuer & { readonly certificate: Uint8Array } => {
    const keys = ecKeys();
    const subjectName = commonName('A CA below');
    const identity = authority.issue({
      keys,
      subject: subjectName,
      usages: [],
      keyUsage: [],
      statements: [],
      more: [extension(oid.subjectKeyIdentifier, der.octetString(keyIdentifierOf(keys))), ...extensions],
    });
    return { name: subjectName, keys, certificate: identity.der };
  };

  it('C39, C40, C43: refuses issuers that are on no list, also under the name of one that is', async () => {
    await expectRefused(selfSigned(), 'CERTIFICATE_UNKNOWN_ISSUER', 'path.trusted-issuer');
    await expectRefused(under(rootCa('Some Web CA')), 'CERTIFICATE_UNKNOWN_ISSUER', 'path.trusted-issuer');
    const keys = ecKeys();
    const impostor = { name: authority.issuer.name, keys };
    const certificate = issueCertificate({
      subject: impostor.name,
      keys,
      issuer: impostor,
      extensions: caExtensions(),
    });
    await expectRefused(under({ ...impostor, certificate }), 'CERTIFICATE_UNKNOWN_ISSUER', 'path.trusted-issuer');
    await expectRefused(
      under({ ...impostor, certificate }, authority.issuing, authority.root),
      'CERTIFICATE_UNKNOWN_ISSUER',
      'path.trusted-issuer',
    );
    const sameKeyIdentifier = issueCertificate({
      subject: impostor.name,
      keys,
      issuer: impostor,
      bare: true,
      extensions: [
        ...caExtensions(),
        extension(
          oid.subjectKeyIdentifier,
          der.octetString(parseCertificate(authority.issuing).subjectKeyIdentifier ?? Buffer.of()),
        ),
      ],
    });
    await expectRefused(
      under({ ...impostor, certificate: sameKeyIdentifier }),
      'CERTIFICATE_UNKNOWN_ISSUER',
      'path.trusted-issuer',
    );
  });

  it('C44, C45, C46: refuses what a leaf, a CA too many, or a CA that may not sign has issued', async () => {
    const ca = extension(oid.basicConstraints, der.sequence(der.boolean(true)), true);
    const mayNotSign = extension(oid.keyUsage, der.namedBits([0]), true);
    const maySign = extension(oid.keyUsage, der.namedBits([5, 6]), true);
    await expectRefused(under(below([]), authority.issuing), 'CERTIFICATE_INVALID', 'path.well-built');
    await expectRefused(under(below([ca, maySign]), authority.issuing), 'CERTIFICATE_INVALID', 'path.well-built');
    const { oauth } = await knock(under(below([ca, mayNotSign]), authority.issuing));
    expect(oauth.status).toBe(401);
  });

  it('C51: refuses SHA-1 and MD5', async () => {
    for (const [algorithm, hash] of [
      ['1.2.840.113549.1.1.5', 'sha1'],
      ['1.2.840.113549.1.1.4', 'md5'],
    ] as const) {
      await expectRefused(signedAnew(algorithm, hash), 'CERTIFICATE_INVALID', 'path.strong-algorithms');
    }
  });

  it('C43: refuses a signature that is not over these bytes', async () => {
    const good = authority.issue();
    const bytes = Buffer.from(good.der);
    const at = bytes.indexOf(organizationIdentifier) + organizationIdentifier.length - 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await expectRefused(
      toIdentity(bytes, { keys: good.keys, above: [authority.issuing, authority.root] }),
      'CERTIFICATE_UNKNOWN_ISSUER',
      'path.trusted-issuer',
    );
  });

  it('C55: spends little on a maze of issuers', async () => {
    const decoys = Array.from({ length: 8 }, () => {
      const keys = ecKeys();
      const issuer = { name: authority.issuer.name, keys };
      return issueCertificate({ subject: issuer.name, keys, issuer, bare: true, extensions: caExtensions() });
    });
    const identity = authority.issue({ above: decoys, issuer: { name: authority.issuer.name, keys: ecKeys() } });
    const begun = performance.now();
    await expectRefused(identity, 'CERTIFICATE_UNKNOWN_ISSUER');
    expect(performance.now() - begun).toBeLessThan(1_000);
    await expectAccepted(authority.issue({ above: [...decoys, authority.issuing] }));
  });

  function signedAnew(algorithm: string, hash: string): Identity {
    const identifier = der.sequence(der.objectIdentifier(algorithm), der.nullValue());
    const { der: bytes, keys } = authority.issue({ instead: { signature: identifier, outerAlgorithm: identifier } });
    const { tbs } = parseCertificate(bytes);
    const signature = sign(hash, tbs, authority.issuer.keys.privateKey);
    return toIdentity(der.sequence(tbs, identifier, der.bitString(signature)), { keys, above: [authority.issuing] });
  }
});

describe('certificates of request signatures, in x5c', () => {
  const seal = (recipe: DemoRecipe = {}) =>
    authority.issue({ type: oid.qcTypeEseal, keyUsage: [1], usages: [], ...recipe });
  const register = (x5c: readonly string[]): Promise<TlsAnswer> =>
    sendOverTls({
      method: 'POST',
      url: `${demo.addresses.api}${registrations}`,
      ca: demo.ca,
      identity: client.qwac,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'A',
        redirect_uris: ['https://a.example/cb'],
        scope: 'aisp',
        jwks: { keys: [{ x5c }] },
      }),
    });
  const expectKeyRefused = async (x5c: readonly string[], rule?: string) => {
    const answer = await register(x5c);
    expectRefusal(answer, 400, 'METADATA_INVALID');
    expect((answer.json['problems'] as string[])[0]).toMatch(/^jwks\.keys\[0\]/);
    const failed = ((answer.json['findings'] ?? []) as { rule: string; outcome: string }[]).filter(
      ({ outcome }) => outcome === 'fail',
    );
    if (rule !== undefined) expect(failed.map((finding) => finding.rule)).toContain(rule);
  };

  it('C10: refuses a QWAC', async () => {
    await expectKeyRefused(authority.issue({ keys: rsaKeys() }).x5c, 'qc.type-matches-use');
  });

  it.each([
    ['C51', 'RSA of 1024 bits', () => rsaSpki(randomOdd(128))],
    ['C51', 'RSA of 16384 bits', () => rsaSpki(randomOdd(2_048))],
    ['C51', 'the RSA exponent 1', () => rsaSpki(randomOdd(256), 1)],
    ['C52', 'an even RSA modulus', () => rsaSpki(Buffer.concat([randomOdd(255), Buffer.of(2)]))],
    ['C51', 'P-192', () => ecKeys('prime192v1').spki],
    ['C51', 'secp256k1', () => ecKeys('secp256k1').spki],
    [
      'C51',
      'DSA',
      () =>
        der.sequence(
          der.sequence(
            der.objectIdentifier('1.2.840.10040.4.1'),
            der.sequence(der.integer(7), der.integer(3), der.integer(2)),
          ),
          der.bitString(der.integer(4)),
        ),
    ],
    [
      'C58',
      'a point that is on no curve',
      () => Buffer.concat([ecKeys().spki.subarray(0, 27), Buffer.alloc(64, 0x5a)]),
    ],
    [
      'C58',
      'an RSA key without content',
      () =>
        der.sequence(
          der.sequence(der.objectIdentifier('1.2.840.113549.1.1.1'), der.nullValue()),
          der.bitString(new Uint8Array()),
        ),
    ],
    [
      'C58',
      'an algorithm of a huge number',
      () =>
        der.sequence(der.sequence(der.objectIdentifier(`1.2.${'9'.repeat(2_000)}`)), der.bitString(Uint8Array.of(1))),
    ],
  ])('%s: refuses %s before any arithmetic', async (_row, _name, spki) => {
    const begun = performance.now();
    await expectKeyRefused(seal({ instead: { spki: spki() } }).x5c);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('C57: refuses what is not DER, octet by octet', async () => {
    const { x5c, der: good } = seal({ keys: rsaKeys() });
    const [, ...above] = x5c;
    const content = Buffer.from(good).subarray(4);
    const broken = [
      seal({ instead: { validity: validity(der.tlv(0x17, Buffer.from('2601010000Z'))) } }).der,
      seal({ instead: { subject: encodedIdentifier(0x0c, Uint8Array.of(0xc0, 0xae)) } }).der,
      Buffer.concat([Buffer.of(0x30, 0x80), content, Buffer.of(0, 0)]),
      Buffer.concat([Buffer.of(0x30, 0x83, 0), Buffer.from(good).subarray(2, 4), content]),
      Buffer.concat([Buffer.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff), content]),
      Buffer.from(good).subarray(0, -1),
      Buffer.concat([good, Buffer.of(0)]),
      Buffer.concat([Buffer.of(0x31), Buffer.from(good).subarray(1)]),
      Buffer.of(0x30, 0),
      Buffer.of(0),
      Buffer.alloc(3_000, 0x30),
      Buffer.from('30800000'.repeat(500), 'hex'),
      randomBytes(800),
      Buffer.from(`-----BEGIN CERTIFICATE-----\n${x5c[0]}\n-----END CERTIFICATE-----\n`),
    ];
    for (const bytes of broken) await expectKeyRefused([Buffer.from(bytes).toString('base64'), ...above]);
  });

  it('C57: postern qualify says what is wrong, in a sentence', async () => {
    const file = (text: string | Uint8Array, title: string) => {
      const path = join(demo.dataDirectory, `${title}.pem`);
      writeFileSync(path, text);
      return path;
    };
    const { der: good } = seal();
    const broken = [Buffer.concat([good, Buffer.of(0)]), randomBytes(500)];
    const results = await Promise.all(
      broken.map((text, at) =>
        demo.run('postern', ['qualify', file(text, `broken-${at}`), '--data-dir', demo.dataDirectory, '--json']),
      ),
    );
    for (const { code, stderr, stdout } of results) {
      expect(code).toBe(64);
      expect(stderr).toMatch(/broken-\d\.pem/);
      expect(`${stdout}${stderr}`).not.toMatch(/\bat \w+ \(|node_modules/);
    }
  });

  it('C5: grants the skew that the installation allows, and no more', async () => {
    const folder = join(demo.dataDirectory, 'demo');
    const configuration = readFileSync(join(folder, 'postern.yaml'), 'utf8');
    const skewed = configuration
      .replace(/hostCountry: FR/, 'hostCountry: FR, clockSkewSeconds: 60')
      .replace(/cacheDirectory: .*/, 'cacheDirectory: ../cache-of-qualify');
    const multiline = configuration
      .replace(/^( *)hostCountry: FR$/m, '$1hostCountry: FR\n$1clockSkewSeconds: 60')
      .replace(/cacheDirectory: .*/, 'cacheDirectory: ../cache-of-qualify');
    writeFileSync(join(folder, 'skewed.yaml'), configuration.includes('{ hostCountry') ? skewed : multiline);
    const outcome = async (seconds: number) => {
      const path = join(demo.dataDirectory, `skew-${seconds}.pem`);
      writeFileSync(path, authority.issue({ notBefore: secondsFromNow(seconds) }).path);
      return (await demo.run('postern', ['qualify', path, '--config', join(folder, 'skewed.yaml'), '--json'])).code;
    };
    expect(await Promise.all([outcome(45), outcome(120)])).toEqual([0, 1]);
  });
});

it('still answers', async () => {
  await expectAccepted(authority.issue());
});
