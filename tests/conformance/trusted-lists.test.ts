import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCertificateText } from '../../core/src/certificate/parse-certificate-text.js';
import { buildPath } from '../../core/src/trust/build-path.js';
import { indexTrustServices } from '../../core/src/trust/trust-service-index.js';
import { parseTrustedList } from '../../server/src/trust/parse-trusted-list.js';
import type { TrustedList } from '../../server/src/trust/trusted-list.js';
import { verifyXmlSignature } from '../../server/src/trust/verify-xml-signature.js';

/** Real lists, published by others; the clock they are judged at is 2026-08-21T12:00:00Z. */
const lists = resolve(import.meta.dirname, '../../../shared/data/trusted-lists');
const present = existsSync(lists);
if (!present) console.log(`skipped: ${lists} is absent, the real trusted lists are not checked`);

function read(path: string): Buffer {
  return readFileSync(join(lists, path));
}

function lotlPins(): ReadonlySet<string> {
  const pems = readdirSync(join(lists, 'lotl-anchors')).filter((name) => name.endsWith('.pem'));
  return new Set(
    pems.map((name) =>
      createHash('sha256')
        .update(derOf(read(`lotl-anchors/${name}`).toString()))
        .digest('hex'),
    ),
  );
}

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ''), 'base64');
}

function accept(path: string, pins: ReadonlySet<string> | 'anyone'): TrustedList {
  return parseTrustedList(verifyXmlSignature(read(path), pins).octets);
}

let lotl: TrustedList | undefined;

function pinsOf(territory: string): ReadonlySet<string> {
  lotl ??= accept('current/eu-lotl.xml', lotlPins());
  return new Set(
    lotl.pointers
      .filter((pointer) => pointer.territory === territory && pointer.mimeType.endsWith('+xml'))
      .flatMap(({ signers }) => signers),
  );
}

const anyone = 'anyone';
const granted = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted';

describe.skipIf(!present)('the real list of lists', () => {
  test('verifies with the signers of the Official Journal and points to every territory', () => {
    const list = accept('current/eu-lotl.xml', lotlPins());
    expect(list).toMatchObject({
      territory: 'EU',
      kind: 'list-of-lists',
      sequence: 390,
      nextUpdate: new Date('2027-01-27T13:16:38Z'),
    });
    expect(new Set(list.pointers.map(({ territory }) => territory)).size).toBe(32);
  });
  test('of another time is refused by its signer', () => {
    expect(() => accept('history/EU_seq335_2023-11-26.xml', lotlPins())).toThrow('not a pinned signer');
  });
});

describe.skipIf(!present)('the real national lists', () => {
  const counts: Readonly<Record<string, readonly [sequence: number, services: number, website: number]>> = {
    AT: [72, 46, 7],
    BE: [81, 84, 2],
    CZ: [181, 34, 4],
    EL: [85, 116, 5],
    ES: [184, 237, 39],
    FR: [174, 143, 6],
    HU: [99, 63, 12],
    IT: [223, 203, 7],
    LU: [66, 11, 0],
    NL: [76, 72, 2],
    PT: [112, 49, 3],
    SI: [86, 51, 12],
    SK: [145, 22, 4],
    UK: [25, 2, 0],
  };
  test.each(Object.entries(counts))('%s verifies with the signers that the list of lists names', (territory, [
    sequence,
    services,
    website,
  ]) => {
    const list = accept(`current/TSL_${territory}.xml`, pinsOf(territory));
    const current = list.services.map(({ statuses }) => statuses[0]);
    expect(list).toMatchObject({ territory, kind: 'national', sequence, skipped: [] });
    expect(list.services).toHaveLength(services);
    expect(current.filter((status) => status?.status === granted && status.uses.includes('website'))).toHaveLength(
      website,
    );
    expect(list.services.every(({ certificates }) => certificates.length > 0)).toBe(true);
  });
  test('UK is closed, NL is stale at the clock', () => {
    expect(accept('current/TSL_UK.xml', anyone).nextUpdate).toBeUndefined();
    expect(accept('current/TSL_NL.xml', anyone).nextUpdate?.getTime()).toBeLessThan(Date.parse('2026-08-21T12:00:00Z'));
  });
  test.each(['FR', 'HU'])('%s is refused with the signers of another territory', (territory) => {
    expect(() => accept(`current/TSL_${territory}.xml`, pinsOf('AT'))).toThrow('not a pinned signer');
  });
});

describe.skipIf(!present)('real certificates', () => {
  test.each([
    ['eidas-psd2-sdk__multicert-psd2-eidas__e6a46847.pem', 'PT', 'MULTICERT SSL Certification Authority 001'],
    [
      'dss__CertificateExtensionUtilsTest__9b775b8b.pem',
      'CZ',
      'issuing qualified certificates for website authentication',
    ],
    ['dss_qwac__harica.pem', 'EL', 'HARICA Qualified Web Authentication Certificates RSA'],
  ])('%s finds its trust service on the list of %s', (name, territory, service) => {
    const { services } = accept(`current/TSL_${territory}.xml`, pinsOf(territory));
    const [leaf] = parseCertificateText(readFileSync(join(lists, '../certificates/real', name)));
    if (leaf === undefined) throw new Error('no certificate');
    const path = buildPath(leaf, [], { anchors: indexTrustServices(services), at: leaf.notBefore });
    expect('services' in path && path.services.map(({ serviceName }) => serviceName).join()).toContain(service);
  });
});

describe.skipIf(!present)('special lists', () => {
  const reasons: Readonly<Record<string, string>> = {
    'CZ_broken-sig.xml': 'digest of TrustServiceStatusList',
    'CZ_no-sig.xml': 'does not end with a signature',
    'eu-lotl-no-sig.xml': 'does not end with a signature',
    'CZ_not-conform.xml': 'not well-formed',
    'CZ_not-parsable.xml': 'not well-formed',
    'eu-lotl-not-parseable.xml': 'not well-formed',
    'sk-tl-altered-trust-service.xml': 'digest of TrustServiceStatusList',
    'fi-v6-no-tsp-information.xml': 'digest of TrustServiceStatusList',
    'fi-v5-invalid.xml': '2 X509Certificate, one is allowed',
    'fi-v6-sig-cert.xml': '2 X509Certificate, one is allowed',
    'TSL-noID.xml': 'has no Transforms',
    'tl-ecdsa-brainpool.xml': 'does not fit',
    // Old lists name their signing certificate by SHA-1.
    ...Object.fromEntries(
      [
        'EU.xml',
        'TSL-CY-sign.xml',
        'ie-tl.xml',
        'eu-lotl-broken-sig.xml',
        'eu-lotl_broken-sig.xml',
        'lotl_test_loc_01.xml',
        'lotl_test_OJ_1_pivot_01.xml',
        'lotl_test_OJ_1_pivot_02.xml',
        'lotl_test_OJ-2_reset_pivot.xml',
        'tl_pivot_226_mp.xml',
        'tl_pivot_247_mp_missing-pivot.xml',
      ].map((name) => [name, 'sha1 is not accepted']),
    ),
  };
  const good = ['CZ.xml', 'fi-v5.xml', 'mra-zz-tl.xml', 'eu-lotl-pivot-282.xml', 'eu-lotl-pivot-300.xml'];

  test('are all accounted for', () => {
    expect(readdirSync(join(lists, 'dss')).toSorted()).toEqual([...good, ...Object.keys(reasons)].toSorted());
  });
  test.each(good)('%s is read', (name) => {
    expect(accept(`dss/${name}`, anyone).sequence).toBeGreaterThan(0);
  });
  test.each(Object.entries(reasons))('%s is refused', (name, reason) => {
    expect(() => accept(`dss/${name}`, anyone)).toThrow(reason);
  });
});

describe.skipIf(!present)('attacks on a real list', () => {
  const alter = (from: string | RegExp, to: string) => {
    const text = read('current/TSL_LU.xml').toString();
    const altered = text.replace(from, to);
    expect(altered).not.toBe(text);
    return () => verifyXmlSignature(Buffer.from(altered), anyone).octets;
  };
  const octets = () => verifyXmlSignature(read('current/TSL_LU.xml'), anyone).octets;

  test('a comment inside ServiceStatus changes nothing', () => {
    expect(alter('Svcstatus/withdrawn', 'Svcstatus/with<!-- -->drawn')()).toEqual(octets());
  });
  test.each<[string, string | RegExp, string]>([
    ['a status', 'Svcstatus/withdrawn', 'Svcstatus/granted'],
    ['an Object with a trust service', '</ds:Signature>', '<ds:Object><TSPService/></ds:Object></ds:Signature>'],
    ['a DOCTYPE', '<TrustServiceStatusList', '<!DOCTYPE x [<!ENTITY a "granted">]><TrustServiceStatusList'],
    ['a processing instruction', 'Svcstatus/withdrawn', 'Svcstatus/with<?x?>drawn'],
    ['a wrapped root', /(<TrustServiceStatusList[\s\S]*)$/, '<x>$1</x>'],
    ['no signature', /<ds:Signature [\s\S]*<\/ds:Signature>/, ''],
    ['a second signature', /(<ds:Signature [\s\S]*<\/ds:Signature>)/, '$1$1'],
    [
      'a second signature inside the list',
      /(<SchemeInformation>)([\s\S]*)(<ds:Signature [\s\S]*<\/ds:Signature>)/,
      '$3$1$2$3',
    ],
  ])('%s is refused', (_name, from, to) => {
    expect(alter(from, to)).toThrow(expect.objectContaining({ name: 'Refusal' }));
  });
});
