import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issueCertificate } from '../../../tests/material/issue-certificate.js';
import { type ListRecipe, renderList, renderService, type ServiceRecipe } from '../../../tests/material/signed-list.js';
import { parseTrustedList } from './parse-trusted-list.js';

const authority = issueCertificate({ commonName: 'Issuing CA' });
const operator = issueCertificate({ commonName: 'Operator' });
const infoUris = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/';

function parse(recipe: Partial<ListRecipe>, change: (content: string) => string = (content) => content) {
  return parseTrustedList(Buffer.from(change(renderList({ territory: 'FR', sequence: 7, ...recipe }))));
}

function statusWith(service: Partial<ServiceRecipe>) {
  return parse({ services: [{ certificate: authority, ...service }] }).services[0]?.statuses[0];
}

function qualifications(...qualifiers: string[]): string {
  const elements = qualifiers.map((each) => `<q:Qualifier uri="${infoUris}${each}"></q:Qualifier>`).join('');
  return `<Extension Critical="true"><q:Qualifications xmlns:q="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#" xmlns:a="http://uri.etsi.org/02231/v2/additionaltypes#"><q:QualificationElement><q:Qualifiers>${elements}</q:Qualifiers><q:CriteriaList assert="all"></q:CriteriaList></q:QualificationElement></q:Qualifications></Extension>`;
}

const unknown = { kind: 'unknown' };

function identifier(oid: string): string {
  return `<x:Identifier xmlns:x="http://uri.etsi.org/01903/v1.3.2#">${oid}</x:Identifier>`;
}

describe('parseTrustedList', () => {
  test('reads scheme, provider and service', () => {
    const list = parse({ services: [{ certificate: authority }] });
    expect(list).toMatchObject({
      territory: 'FR',
      kind: 'national',
      sequence: 7,
      issuedAt: new Date('2026-06-01T00:00:00Z'),
      nextUpdate: new Date('2026-12-01T00:00:00Z'),
      skipped: [],
    });
    expect(list.services).toEqual([
      {
        territory: 'FR',
        listSequence: 7,
        providerName: 'Example QTSP',
        serviceName: 'Example CA',
        serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
        certificates: [authority.der],
        statuses: [
          {
            status: 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted',
            startingAt: new Date('2020-01-01T00:00:00Z'),
            uses: ['website', 'seal'],
            unknownCriticalExtension: false,
          },
        ],
      },
    ]);
  });

  test('reads pointers with their signers, and leaves out those without territory or signer', () => {
    const pointers = [{ territory: 'FR', address: 'https://lists.example/fr.xml', signer: operator }];
    const list = parse({ territory: 'EU', type: 'EUlistofthelists', pointers });
    expect(list).toMatchObject({
      kind: 'list-of-lists',
      pointers: [
        { territory: 'FR', address: 'https://lists.example/fr.xml', mimeType: 'application/vnd.etsi.tsl+xml' },
      ],
    });
    expect(list.pointers[0]?.signers[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(
      parse({ pointers }, (content) => content.replace('<SchemeTerritory>FR</SchemeTerritory></Other', '</Other'))
        .pointers,
    ).toEqual([]);
  });

  test('knows a closed list by its empty NextUpdate', () => {
    expect(parse({ nextUpdate: null }).nextUpdate).toBeUndefined();
  });

  test('keeps the history, newest first after the current status', () => {
    const instance = (date: string) =>
      `<ServiceHistoryInstance><ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier><ServiceStatus>x</ServiceStatus><StatusStartingTime>${date}</StatusStartingTime></ServiceHistoryInstance>`;
    const history = `<ServiceHistory>${instance('2017-01-01T00:00:00Z')}${instance('2018-01-01T00:00:00Z')}</ServiceHistory>`;
    const list = parse({ services: [{ certificate: authority, history }] });
    expect(list.services[0]?.statuses.map(({ startingAt }) => startingAt.getUTCFullYear())).toEqual([2020, 2018, 2017]);
  });

  test('leaves out services of other types', () => {
    expect(parse({ services: [{ certificate: authority, type: 'Svctype/TSA/QTST' }] })).toMatchObject({
      services: [],
      skipped: [],
    });
  });

  test('skips and names a service that cannot be read, and keeps the others [U16]', () => {
    const bad = renderService({ certificate: authority, startingAt: 'yesterday' });
    const list = parse({ services: [{ certificate: authority }] }, (content) =>
      content.replace('<TSPService>', `${bad}<TSPService>`),
    );
    expect(list.services).toHaveLength(1);
    expect(list.skipped).toEqual(['A service of Example QTSP is left out: yesterday is not a date and time.']);
  });

  test.each([
    ['another root', (content: string) => content.replaceAll('TrustServiceStatusList', 'List')],
    ['another namespace', (content: string) => content.replace('02231/v2#', '02231/v1#')],
    ['version 4', (content: string) => content.replace('>6<', '>4<')],
    ['no territory', (content: string) => content.replace(/<SchemeTerritory>FR<\/SchemeTerritory>/, '')],
    [
      'two territories',
      (content: string) =>
        content.replace('<SchemeTerritory>', '<SchemeTerritory>DE</SchemeTerritory><SchemeTerritory>'),
    ],
    ['a sequence that is no number', (content: string) => content.replace('>7<', '>1e9<')],
    [
      'a provider without description',
      (content: string) => content.replace(/<TSPInformation>.*<\/TSPInformation>/, ''),
    ],
  ])('refuses %s', (_name, change) => {
    expect(() => parse({ services: [{ certificate: authority }] }, change)).toThrow(
      expect.objectContaining({ name: 'Refusal' }),
    );
  });
});

describe('extensions of a service', () => {
  test('that are critical and unknown make its status undecidable', () => {
    expect(statusWith({ extensions: '<Extension Critical="true"><x></x></Extension>' })?.unknownCriticalExtension).toBe(
      true,
    );
    expect(
      statusWith({ extensions: '<Extension Critical="false"><x></x></Extension>' })?.unknownCriticalExtension,
    ).toBe(false);
  });
  test('that inform only do not', () => {
    const takenOver =
      '<Extension Critical="true"><a:TakenOverBy xmlns:a="http://uri.etsi.org/02231/v2/additionaltypes#"></a:TakenOverBy></Extension>';
    expect(statusWith({ extensions: takenOver })?.unknownCriticalExtension).toBe(false);
  });
  test('that qualify become data', () => {
    expect(statusWith({ extensions: qualifications('QCForWSA', 'QCStatement') })).toMatchObject({
      unknownCriticalExtension: false,
      qualifications: [
        {
          qualifiers: [`${infoUris}QCForWSA`, `${infoUris}QCStatement`],
          criterion: { kind: 'list', assert: 'all', criteria: [] },
        },
      ],
    });
  });
  test.each<[string, string, object]>([
    [
      'key usages',
      '<q:KeyUsage><q:KeyUsageBit name="crlSign">false</q:KeyUsageBit><q:KeyUsageBit name="nonRepudiation">1</q:KeyUsageBit></q:KeyUsage>',
      {
        kind: 'key-usage',
        bits: [
          { name: 'cRLSign', set: false },
          { name: 'nonRepudiation', set: true },
        ],
      },
    ],
    ['a key usage nobody knows', '<q:KeyUsage><q:KeyUsageBit name="moon">true</q:KeyUsageBit></q:KeyUsage>', unknown],
    ['a key usage without value', '<q:KeyUsage><q:KeyUsageBit name="crlSign"/></q:KeyUsage>', unknown],
    ['no key usage', '<q:KeyUsage/>', unknown],
    [
      'policies',
      `<q:PolicySet><q:PolicyIdentifier>${identifier('1.2.3')}</q:PolicyIdentifier><q:PolicyIdentifier>${identifier('urn:oid:1.2.4')}</q:PolicyIdentifier></q:PolicySet>`,
      { kind: 'policies', identifiers: ['1.2.3', '1.2.4'] },
    ],
    [
      'a policy by name',
      `<q:PolicySet><q:PolicyIdentifier>${identifier('all')}</q:PolicyIdentifier></q:PolicySet>`,
      unknown,
    ],
    [
      'key purposes',
      `<q:otherCriteriaList><a:ExtendedKeyUsage><a:KeyPurposeId>${identifier('1.3.6.1')}</a:KeyPurposeId></a:ExtendedKeyUsage></q:otherCriteriaList>`,
      { kind: 'key-purposes', identifiers: ['1.3.6.1'] },
    ],
    [
      'subject attributes',
      `<q:otherCriteriaList><a:CertSubjectDNAttribute><a:AttributeOID>${identifier('2.5.4.10')}</a:AttributeOID></a:CertSubjectDNAttribute></q:otherCriteriaList>`,
      { kind: 'subject-attributes', identifiers: ['2.5.4.10'] },
    ],
    ['another criterion', '<q:otherCriteriaList><a:Moon/></q:otherCriteriaList>', unknown],
    ['an element where none belongs', '<q:Moon/>', unknown],
    [
      'a list in the list',
      '<q:CriteriaList assert="none"></q:CriteriaList>',
      { kind: 'list', assert: 'none', criteria: [] },
    ],
    ['a list without assert', '<q:CriteriaList></q:CriteriaList>', unknown],
  ])('with %s as criterion', (_name, criterion, expected) => {
    const status = statusWith({
      extensions: qualifications('QCForWSA').replace(
        '></q:CriteriaList>',
        `><q:Description>x</q:Description>${criterion}</q:CriteriaList>`,
      ),
    });
    expect(status?.qualifications?.[0]?.criterion).toMatchObject({ kind: 'list', assert: 'all', criteria: [expected] });
  });
  test('that qualify without qualifiers make the status undecidable', () => {
    const extensions = qualifications('QCForWSA').replace(/<q:Qualifiers>.*<\/q:Qualifiers>/, '');
    expect(statusWith({ extensions })?.unknownCriticalExtension).toBe(true);
  });
});

test('any octets are read or refused, nothing else', () => {
  const octets = Buffer.from(renderList({ territory: 'FR', sequence: 7, services: [{ certificate: authority }] }));
  const damaged = fc
    .record({ at: fc.nat(octets.length - 1), by: fc.uint8Array({ maxLength: 20 }) })
    .map(({ at, by }) => {
      return Buffer.concat([octets.subarray(0, at), by, octets.subarray(at + by.length)]);
    });
  fc.assert(
    fc.property(
      fc.oneof(
        damaged,
        fc.uint8Array(),
        fc.string().map((text) => Buffer.from(text)),
      ),
      (input) => {
        try {
          parseTrustedList(input);
        } catch (refusal) {
          expect(refusal).toMatchObject({ name: 'Refusal' });
        }
      },
    ),
    { numRuns: 300 },
  );
});
