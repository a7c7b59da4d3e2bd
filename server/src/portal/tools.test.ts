import { createHash } from 'node:crypto';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import { qualify } from '@postern/core/qualification/qualify.js';
import { renderBenchPage } from '@postern/web/pages/bench-page.js';
import { renderInspectorPage } from '@postern/web/pages/inspector-page.js';
import { describe, expect, it } from 'vitest';
import { clock, rootCa, rsaKeys } from '../../../tests/material/issue.js';
import { createTestQtsp, issueQualified } from '../../../tests/material/issue-qualified-evidence.js';
import { goodEvidence, now, policy } from '../../../tests/material/qualification-evidence.js';
import { realm } from '../../../tests/material/registration-world.js';
import { writeSignedCall } from '../../../tests/material/signed-call.js';
import { sampleContext } from '../../../web/src/pages/pages.sample.js';
import { holdsPrivateKey } from '../http/holds-private-key.js';
import { createLookCount } from './count-looks.js';
import { listPortalPages } from './environment-addresses.js';
import { inspectCertificate } from './inspect-certificate.js';
import { inspectSignature } from './inspect-signature.js';

const context = sampleContext('en');
const navigation = listPortalPages([realm], 'en');
const pem = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
const keys = rsaKeys();
const seal = rootCa('<b>Seal</b>', { keys }).certificate;
const { thumbprint } = parseCertificate(seal);
const privateKey = keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/** Judges by the rules what was presented, with all else as it should be. */
const look = async (presented: readonly Uint8Array[]) => {
  const evidence = { ...goodEvidence, certificate: parseCertificate(presented[0] ?? new Uint8Array()) };
  return { id: 'decision', evidence, policy, qualification: qualify(evidence, policy, now) };
};

describe('the certificate inspector', () => {
  const { der } = issueQualified(createTestQtsp());

  it('tells every finding of the rules', async () => {
    const inspection = await inspectCertificate(pem('CERTIFICATE', der), 'website', look);
    const { qualification } = await look([der]);
    expect(inspection.result?.findings).toEqual(qualification.findings);
    expect(inspection.result?.outcome).toBe(qualification.outcome);
    const html = renderInspectorPage(context, { navigation, ...inspection });
    expect(html.match(/class="finding /g)).toHaveLength(qualification.findings.length);
    expect(html).toContain('CN=Exemple SAS');
  });

  it('K15: shows names of a certificate as text', async () => {
    const html = renderInspectorPage(context, {
      navigation,
      ...(await inspectCertificate(pem('CERTIFICATE', seal), 'seal', look)),
    });
    expect(html).toContain('&lt;b');
    expect(html).not.toContain('<b>');
  });

  it.each([
    ['K13: a private key', privateKey],
    ['K13: a private key below the certificate', `${pem('CERTIFICATE', der)}${privateKey}`],
    ['K13: an old form of a private key', privateKey.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
    ['K13: a JWK with its private part', JSON.stringify(keys.privateKey.export({ format: 'jwk' }))],
  ])('%s is refused and not shown again', async (_name, text) => {
    expect(holdsPrivateKey(text)).toBe(true);
    const inspection = await inspectCertificate(text, 'website', look);
    expect(inspection).toEqual({ text: '', use: 'website', problem: { kind: 'private-key' } });
    expect(
      await inspectSignature({ request: 'GET / HTTP/1.1', certificate: text }, { dateWindowSeconds: 300 }, clock),
    ).toEqual({
      request: '',
      certificate: '',
      problem: { kind: 'private-key' },
    });
  });

  it.each([
    '',
    '   ',
    'x',
    '"><script>alert(1)</script>',
    pem('PUBLIC KEY', der),
    pem('CERTIFICATE', der.slice(0, -3)),
  ])('says what is wrong with %j, and does not show it again', async (text) => {
    const inspection = await inspectCertificate(text, 'website', look);
    expect(inspection.problem).toBeDefined();
    expect(inspection.text).toBe('');
    expect(renderInspectorPage(context, { navigation, ...inspection })).not.toContain('<script');
  });
});

describe('the signing bench', () => {
  const base = {
    host: 'api.bank.example',
    target: '/a-bank/stet-psd2-api/v1/accounts',
    token: 'replaced',
    key: keys.privateKey,
    keyId: thumbprint,
  };
  const bench = (request: string, at = new Date()) =>
    inspectSignature({ request, certificate: pem('CERTIFICATE', seal) }, { dateWindowSeconds: 300 }, at);

  it('says that a good signature holds, and of what', async () => {
    const { result } = await bench(writeSignedCall(base, {}));
    expect(result?.verdict).toEqual({ ok: true });
    expect(result?.signingString).toMatch(
      /^\(request-target\): get \/a-bank\/stet-psd2-api\/v1\/accounts\nhost: api\.bank\.example\n/,
    );
    expect(result?.kid).toBe(thumbprint);
    expect(result?.late).toBeUndefined();
  });

  it('judges an old request at its own time, and says so', async () => {
    const request = writeSignedCall(base, {});
    const { result } = await bench(request, new Date(Date.now() + 86_400_000));
    expect(result?.verdict).toEqual({ ok: true });
    expect(result?.late).toContain('behind');
  });

  it.each([
    ['another target', { signedTarget: '/elsewhere' }, 'SIGNATURE_INVALID'],
    ['another key', { key: rsaKeys().privateKey }, 'SIGNATURE_INVALID'],
    ['another keyId', { keyId: 'unknown' }, 'SIGNATURE_KEY_UNKNOWN'],
    ['no signature', { write: () => undefined }, 'SIGNATURE_MISSING'],
    ['too little covered', { covered: ['host', 'date'] }, 'SIGNATURE_INVALID'],
  ] as const)('says what is wrong with %s', async (_name, change, code) => {
    const { result } = await bench(writeSignedCall(base, change));
    expect(result?.verdict.code).toBe(code);
  });

  it('finds the body that was meant, whatever the browser made of its line ends', async () => {
    for (const body of ['{\n  "a": 1\n}', '{\n  "a": 1\n}\n', '{\r\n  "a": 1\r\n}']) {
      const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
      const head = writeSignedCall(base, {
        method: 'POST',
        headers: { digest, 'content-type': 'application/json' },
        cover: ['digest', 'content-type'],
      });
      const { result } = await bench(`${head}${body}`.replaceAll(/\r?\n/g, '\r\n'));
      expect(result?.verdict).toEqual({ ok: true });
      expect(result?.digest).toBe(digest);
    }
  });

  it.each([
    'x',
    'GET http://a HTTP/1.1',
    'GET / HTTP/1.1\nno colon',
    'GET / HTTP/1.1\na b: c',
    '<script>alert(1)</script>',
  ])('K15: says that %j cannot be read, and shows it as text', async (request) => {
    const inspection = await bench(request);
    expect(inspection.problem?.kind).toBe('unreadable');
    expect(renderBenchPage(context, { navigation, ...inspection })).not.toContain('<script');
  });
});

describe('the bound of looks', () => {
  it('lets one visitor have so many a minute, says how long to wait, and leaves others theirs', () => {
    let time = clock.getTime();
    const count = createLookCount(() => new Date(time));
    for (let looks = 0; looks < 30; looks += 1) count('192.0.2.1');
    expect(() => count('192.0.2.1')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED', retryAfterSeconds: 2 }));
    expect(() => count('192.0.2.2')).not.toThrow();
    time += 2_000;
    expect(() => count('192.0.2.1')).not.toThrow();
  });
});
