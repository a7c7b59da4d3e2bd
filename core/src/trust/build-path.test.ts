import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CertificateRecipe,
  caExtensions,
  clock,
  commonName,
  ecKeys,
  extension,
  type Issuer,
  issueCertificate,
  keyUsage,
  name,
  rootCa,
  rsaKeys,
  subordinateCa,
} from '../../../tests/material/issue.js';
import * as der from '../asn1/der-writer.js';
import { oid } from '../certificate/object-identifiers.js';
import { parseCertificate } from '../certificate/parse-certificate.js';
import { Refusal } from '../refusal/refusal.js';
import { buildPath } from './build-path.js';
import type { PathProblem } from './certification-path.js';
import type { TrustService } from './trust-service.js';
import { indexTrustServices } from './trust-service-index.js';

const service = (serviceName: string, ...certificates: Uint8Array[]): TrustService => ({
  territory: 'FR',
  listSequence: 1,
  providerName: 'QTSP',
  serviceName,
  serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
  certificates,
  statuses: [],
});

const keys = ecKeys();
const leafUnder = (issuer: Issuer, recipe: Partial<CertificateRecipe> = {}): Uint8Array =>
  issueCertificate({ subject: commonName('psd2.example.com'), keys, issuer, extensions: [keyUsage(0)], ...recipe });

const find = (leaf: Uint8Array, presented: Uint8Array[], ...services: TrustService[]): ReturnType<typeof buildPath> =>
  buildPath(parseCertificate(leaf), presented.map(parseCertificate), {
    anchors: indexTrustServices(services),
    at: clock,
  });

const problemOf = (path: ReturnType<typeof buildPath>): PathProblem | undefined =>
  'problem' in path ? path.problem : undefined;

const root = rootCa('Root');
const issuing = subordinateCa('Issuing CA', root);
const rootService = service('root', root.certificate);

describe('a path', () => {
  it('goes to the direct issuer', () => {
    const path = find(
      leafUnder(issuing),
      [issuing.certificate, root.certificate],
      service('issuing', issuing.certificate),
    );
    expect(path).toMatchObject({ services: [{ serviceName: 'issuing' }] });
    expect('certificates' in path && path.certificates.length).toBe(2);
  });

  it('goes over an intermediate that was presented, in any order', () => {
    const path = find(leafUnder(issuing), [root.certificate, leafUnder(root), issuing.certificate], rootService);
    expect('certificates' in path && path.certificates.map(({ subject }) => subject.rdns[0]?.[0]?.value)).toEqual([
      'psd2.example.com',
      'Issuing CA',
      'Root',
    ]);
  });

  it('names every service with the key of the anchor', () => {
    const renewed = rootCa('Root', { keys: root.keys, serial: 99 }).certificate;
    const path = find(
      leafUnder(root),
      [],
      rootService,
      service('renewed', renewed),
      service('other', rootCa('Root').certificate),
    );
    expect('services' in path && path.services.map(({ serviceName }) => serviceName)).toEqual(['root', 'renewed']);
  });

  it('holds for an expired end entity, whose time other rules judge', () => {
    const expired = leafUnder(root, { notAfter: new Date('2026-02-01T00:00:00Z') });
    expect(problemOf(find(expired, [], rootService))).toBeUndefined();
  });

  it('verifies RSA, RSASSA-PSS and other curves', () => {
    for (const [own, scheme] of [
      [rsaKeys(), 'rsa-sha256'],
      [rsaKeys(), 'rsa-pss-sha256'],
      [ecKeys('P-521'), 'ecdsa-sha256'],
    ] as const) {
      const ca = rootCa('CA', { keys: own, signatureAlgorithm: scheme });
      expect(
        problemOf(find(leafUnder(ca, { signatureAlgorithm: scheme }), [], service('ca', ca.certificate))),
      ).toBeUndefined();
    }
  });

  it('ends at the nearest trust service, whatever else is presented', () => {
    const other = rootCa('Other');
    const crossSigned = issueCertificate({
      subject: issuing.name,
      keys: issuing.keys,
      issuer: other,
      extensions: caExtensions(),
    });
    const services = [
      service('unfit', leafUnder(root, { subject: issuing.name, keys: issuing.keys })),
      service('other', other.certificate),
    ];
    expect(problemOf(find(leafUnder(issuing), [crossSigned], ...services))).toBe('not-a-ca');
  });
});

describe('attack rows C39 to C55: no path', () => {
  const expired = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2026-02-28T23:59:59Z') };
  const under = (recipe: Partial<CertificateRecipe>): [Uint8Array, Uint8Array[]] => {
    const ca = subordinateCa('CA', root, recipe as object);
    return [leafUnder(ca), [ca.certificate]];
  };
  const selfSigned = leafUnder({ name: commonName('psd2.example.com'), keys });
  const forged = rootCa('Root');
  const zero = subordinateCa('Zero', root, { extensions: caExtensions(0) });
  const below = subordinateCa('Below', zero);

  it.each<[string, PathProblem, [Uint8Array, Uint8Array[]]]>([
    ['C39 a self-signed certificate', 'no-issuer', [selfSigned, [selfSigned]]],
    ['C40 a CA that is on no list', 'no-issuer', [leafUnder(rootCa('Public CA')), []]],
    ['C43 a forged CA under a copied name', 'signature', [leafUnder(forged), [forged.certificate]]],
    ['C44 an end entity as issuer', 'not-a-ca', under({ extensions: [keyUsage(0)] })],
    ['C45 more CAs than pathLenConstraint', 'path-length', [leafUnder(below), [below.certificate, zero.certificate]]],
    [
      'C46 an issuer without keyCertSign',
      'key-usage',
      under({ extensions: [caExtensions()[0] as Uint8Array, keyUsage(6)] }),
    ],
    [
      'basicConstraints that are not critical',
      'not-a-ca',
      under({ extensions: [extension(oid.basicConstraints, der.sequence(der.boolean(true))), keyUsage(5)] }),
    ],
    ['an issuer without key identifier', 'no-issuer', under({ bare: true, extensions: caExtensions() })],
    ['an issuer that is expired', 'validity', under(expired)],
    ['an issuer that is not valid yet', 'validity', under({ notBefore: new Date('2026-03-01T12:00:01Z') })],
    ['C51 SHA-1', 'weak-algorithm', [leafUnder(root, { signatureAlgorithm: 'ecdsa-sha1' }), []]],
    ['C51 an RSA key of 1024 bits', 'weak-algorithm', [leafUnder(root, { keys: rsaKeys(1024) }), []]],
    ['C51 an RSA exponent of 3', 'weak-algorithm', [leafUnder(root, { keys: rsaKeys(2048, 3) }), []]],
    ['C51 secp256k1', 'weak-algorithm', [leafUnder(root, { keys: ecKeys('secp256k1') }), []]],
    ['C58 a key that is not on its curve', 'weak-algorithm', [leafUnder(root, { instead: { spki: offCurve() } }), []]],
    [
      'an unknown critical extension',
      'critical-extension',
      [leafUnder(root, { extensions: [extension('1.2.3.4', der.nullValue(), true)] }), []],
    ],
    [
      'a precertificate',
      'critical-extension',
      [leafUnder(root, { extensions: [extension(oid.ctPoison, der.nullValue(), true)] }), []],
    ],
    ['an end entity that may sign certificates', 'key-usage', [leafUnder(root, { extensions: [keyUsage(0, 5)] }), []]],
    ['an end entity without authority key identifier', 'no-issuer', [leafUnder(root, { bare: true }), []]],
    ['the certificate of the trust service itself', 'no-issuer', [root.certificate, []]],
  ])('%s', (_, problem, [leaf, presented]) => {
    expect(problemOf(find(leaf, presented, rootService))).toBe(problem);
  });

  function offCurve(): Uint8Array {
    const spki = Buffer.from(keys.spki);
    spki[spki.length - 1] = (spki[spki.length - 1] ?? 0) ^ 1;
    return spki;
  }

  it('a listed CA that breaks RFC 5280 is told apart', () => {
    const index = indexTrustServices([service('odd', rootCa('Odd', { serial: 0 }).certificate), rootService]);
    expect(index.unreadable).toMatchObject([
      { service: { serviceName: 'odd' }, problem: expect.stringContaining('serialNumber') },
    ]);
    expect(index.anchors.size).toBe(1);
  });

  it('a listed CA may have a serial number of 21 octets, what it issues may not', () => {
    const serial = Uint8Array.from([0, ...Array.from({ length: 20 }, () => 0xff)]);
    const long = { instead: { serial: der.tlv(0x02, serial) } };
    const ca = rootCa('Long', long);
    expect(problemOf(find(leafUnder(ca), [], service('long', ca.certificate)))).toBeUndefined();
    expect(() => parseCertificate(leafUnder(ca, long))).toThrow('at most 20 octets');
    expect(
      indexTrustServices([
        service(
          'longer',
          rootCa('Longer', {
            instead: { serial: der.tlv(0x02, Uint8Array.from([0, ...serial.subarray(1), 1])) },
          }).certificate,
        ),
      ]).unreadable,
    ).toHaveLength(1);
  });
});

describe('C47: name constraints', () => {
  const dns = (text: string): Uint8Array => der.implicit(2, der.ia5String(text));
  const mail = (text: string): Uint8Array => der.implicit(1, der.ia5String(text));
  const address = (...octets: number[]): Uint8Array => der.implicit(7, der.octetString(Uint8Array.from(octets)));
  const directory = (...attributes: [string, string][]): Uint8Array => der.explicit(4, name(...attributes));
  const constrain = (permitted: Uint8Array[], excluded: Uint8Array[]): Uint8Array =>
    extension(
      oid.nameConstraints,
      der.sequence(
        ...(permitted.length === 0
          ? []
          : [der.implicit(0, der.sequence(...permitted.map((base) => der.sequence(base))))]),
        ...(excluded.length === 0
          ? []
          : [der.implicit(1, der.sequence(...excluded.map((base) => der.sequence(base))))]),
      ),
      true,
    );
  const names = (...list: Uint8Array[]): Uint8Array[] => [extension(oid.subjectAlternativeName, der.sequence(...list))];

  it.each<[string, Uint8Array, Uint8Array[], PathProblem | undefined]>([
    ['a permitted DNS name', constrain([dns('example.com')], []), names(dns('a.Example.com')), undefined],
    [
      'a DNS name that only ends alike',
      constrain([dns('example.com')], []),
      names(dns('notexample.com')),
      'name-constraints',
    ],
    [
      'an excluded DNS name',
      constrain([], [dns('example.com')]),
      names(dns('other.org'), dns('example.com')),
      'name-constraints',
    ],
    [
      'a wildcard over an excluded name',
      constrain([], [dns('bar.example.com')]),
      names(dns('*.example.com')),
      'name-constraints',
    ],
    ['a permitted wildcard', constrain([dns('example.com')], []), names(dns('*.example.com')), undefined],
    ['another kind of name', constrain([dns('example.com')], []), names(mail('a@b.org')), undefined],
    ['a DNS name that is none', constrain([dns('example.com')], []), names(dns('.example.com')), 'name-constraints'],
    ['a permitted mail host', constrain([mail('example.com')], []), names(mail('a@example.com')), undefined],
    ['a mail host below it', constrain([mail('example.com')], []), names(mail('a@b.example.com')), 'name-constraints'],
    ['a permitted mail domain', constrain([mail('.example.com')], []), names(mail('a@b.example.com')), undefined],
    [
      'a permitted address',
      constrain([address(192, 0, 2, 0, 255, 255, 255, 0)], []),
      names(address(192, 0, 2, 9)),
      undefined,
    ],
    [
      'an address outside',
      constrain([address(192, 0, 2, 0, 255, 255, 255, 0)], []),
      names(address(192, 0, 3, 9)),
      'name-constraints',
    ],
    ['a mask with holes', constrain([address(192, 0, 2, 0, 255, 0, 255, 0)], []), [], 'name-constraints'],
    [
      'a URI outside',
      constrain([der.implicit(6, der.ia5String('.example.com'))], []),
      names(der.implicit(6, der.ia5String('https://example.org/'))),
      'name-constraints',
    ],
    ['a subject outside', constrain([directory(['2.5.4.6', 'FR'])], []), [], 'name-constraints'],
    ['a subject inside', constrain([directory(['2.5.4.3', 'PSD2.example.com'])], []), [], undefined],
    ['an excluded subject', constrain([], [directory(['2.5.4.3', 'psd2.example.com'])]), [], 'name-constraints'],
    ['a wildcard constraint', constrain([dns('*.example.com')], []), [], 'name-constraints'],
    ['nothing constrained', constrain([], []), [], 'name-constraints'],
  ])('%s', (_, constraint, extensions, problem) => {
    const ca = rootCa('Constrained', { extensions: [...caExtensions(), constraint] });
    expect(problemOf(find(leafUnder(ca, { extensions }), [], service('ca', ca.certificate)))).toBe(problem);
  });

  it('do not stand in an end entity', () => {
    expect(problemOf(find(leafUnder(root, { extensions: [constrain([dns('a.b')], [])] }), [], rootService))).toBe(
      'name-constraints',
    );
  });

  it('are bounded (C56)', () => {
    const many = Array.from({ length: 900 }, (_, index) => dns(`h${index}.example.com`));
    const ca = rootCa('Many', {
      extensions: [
        ...caExtensions(),
        constrain(
          [],
          many.map((_, index) => dns(`x${index}.org`)),
        ),
      ],
    });
    const leaf = leafUnder(ca, { extensions: names(...many.slice(0, 200)) });
    expect(find(leaf, [], service('ca', ca.certificate))).toMatchObject({
      problem: 'name-constraints',
      detail: expect.stringContaining('too many'),
    });
  });
});

describe('certificate policies', () => {
  const policies = (...ids: string[]): Uint8Array =>
    extension(oid.certificatePolicies, der.sequence(...ids.map((id) => der.sequence(der.objectIdentifier(id)))));
  const requireExplicit = extension('2.5.29.36', der.sequence(der.implicit(0, der.integer(0))), true);
  const strict = rootCa('Strict', { extensions: [...caExtensions(), requireExplicit] });

  it.each<[string, Uint8Array[], Uint8Array[], PathProblem | undefined]>([
    ['along the path', [policies('1.2.3', '1.2.4')], [policies('1.2.4')], undefined],
    ['any policy above', [policies('2.5.29.32.0')], [policies('1.2.4')], undefined],
    ['none in the end entity', [policies('1.2.3')], [], 'critical-extension'],
    ['others in the end entity', [policies('1.2.3')], [policies('1.2.5')], 'critical-extension'],
  ])('that an issuer demands: %s', (_, ofCa, ofLeaf, problem) => {
    const ca = subordinateCa('CA', strict, { extensions: [...caExtensions(), ...ofCa] });
    const leaf = leafUnder(ca, { extensions: ofLeaf });
    expect(problemOf(find(leaf, [ca.certificate], service('strict', strict.certificate)))).toBe(problem);
  });

  it('are not asked for where no issuer demands them', () => {
    const ca = subordinateCa('CA', root, { extensions: [...caExtensions(), policies('1.2.3')] });
    expect(problemOf(find(leafUnder(ca), [ca.certificate], rootService))).toBeUndefined();
  });
});

describe('C55: the search is bounded', () => {
  it('in length', () => {
    const presented: Uint8Array[] = [];
    let issuer: Issuer = root;
    for (let index = 0; index < 7; index += 1) {
      const next = subordinateCa(`CA ${index}`, issuer);
      presented.push(next.certificate);
      issuer = next;
    }
    expect(problemOf(find(leafUnder(issuer), presented, rootService))).toBe('too-long');
  });

  it('in cycles', () => {
    const [one, two] = [rootCa('One'), rootCa('Two')];
    const presented = [
      issueCertificate({ subject: one.name, keys: one.keys, issuer: two, extensions: caExtensions() }),
      issueCertificate({ subject: two.name, keys: two.keys, issuer: one, extensions: caExtensions() }),
    ];
    expect(problemOf(find(leafUnder(one), presented, rootService))).toBe('no-issuer');
  });

  it('in signature checks, where a hundred issuers have one name and key identifier', () => {
    const subject = commonName('Same');
    const same = Array.from({ length: 100 }, () => ecKeys());
    const bare = { bare: true, extensions: caExtensions() };
    const presented = same.map((own, index) =>
      issueCertificate({
        ...bare,
        subject,
        keys: own,
        issuer: { name: subject, keys: same[(index + 1) % 100] ?? own },
      }),
    );
    const leaf = parseCertificate(leafUnder({ name: subject, keys: ecKeys() }, { bare: true }));
    const certificates = presented.map(parseCertificate);
    const anchors = indexTrustServices([rootService]);
    expect(buildPath(leaf, certificates, { anchors, at: clock })).toMatchObject({
      problem: 'too-long',
      detail: expect.stringContaining('more signatures'),
    });
  });
});

describe('C55: the dearest keys', () => {
  it.each([
    ['P-384', 6],
    ['P-521', 4],
  ] as const)('a path with keys of %s may have %i certificates', (curve, length) => {
    const top = rootCa('Top', { keys: ecKeys(curve) });
    const presented: Uint8Array[] = [];
    let issuer: Issuer = top;
    for (let index = 0; index < length - 2; index += 1) {
      const next = subordinateCa(`CA ${index}`, issuer, { keys: ecKeys(curve) });
      presented.push(next.certificate);
      issuer = next;
    }
    expect(problemOf(find(leafUnder(issuer), presented, service('top', top.certificate)))).toBeUndefined();
  });
});

describe('any certificates', () => {
  it('give a path or a failure', () => {
    const good = leafUnder(issuing, {
      extensions: [
        ...caExtensions(2),
        extension(
          oid.nameConstraints,
          der.sequence(der.implicit(0, der.sequence(der.sequence(der.implicit(2, der.ia5String('a.b')))))),
          true,
        ),
      ],
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const bytes = Uint8Array.from(good);
          for (const [at, octet] of changes) bytes[at] = octet;
          try {
            const changed = parseCertificate(bytes);
            const anchors = indexTrustServices([rootService, service('changed', bytes)]);
            expect(
              buildPath(changed, [changed, parseCertificate(issuing.certificate)], { anchors, at: clock }),
            ).toBeTypeOf('object');
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
