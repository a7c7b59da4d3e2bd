import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Psd2Statement } from '@postern/core/certificate/certificate.js';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseOrganizationIdentifier } from '../organization/parse-organization-identifier.js';
import { isAuthorised } from '../register/authorisation.js';
import { findEntity } from '../register/find-entity.js';
import { readGoldenCopy } from '../register/golden-copy.js';
import { openWorld, type World } from '../world/open-world.js';
import { generateKeyPair, type KeyPair } from '../x509/key-pair.js';
import { type DefectName, defects } from './defects.js';
import { issueCertificate } from './issue-certificate.js';
import { readIssuedIndex } from './issued-index.js';
import { openImpostor } from './open-qtsp.js';
import { parseOrder, type RawOrder } from './parse-order.js';

const now = new Date('2026-11-22T10:00:00Z');

let dataDirectory = '';
let world: World;
let key: KeyPair;
let nextNumber = 10_000;

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'demo-qtsp-'));
  world = await openWorld({ dataDirectory }, now);
  key = await generateKeyPair('ec');
});

afterAll(() => rm(dataDirectory, { recursive: true }));

async function issue(order: RawOrder = {}) {
  nextNumber += 1;
  const raw = {
    kind: 'qwac',
    organizationIdentifier: `PSDFR-ACPR-${nextNumber}`,
    roles: ['PSP_AI', 'PSP_PI'],
    ...order,
  };
  return issueCertificate(world, { ...parseOrder(raw), publicKey: key.publicKey }, now);
}

const entityOf = async (identifier: string) =>
  findEntity(await readGoldenCopy(world.paths.register), parseOrganizationIdentifier(identifier));

async function isActive(organizationIdentifier: string): Promise<boolean> {
  const entity = await entityOf(organizationIdentifier);
  return entity !== undefined && isAuthorised(entity);
}

const statusOf = async (serialNumber: string) =>
  (await readIssuedIndex(world.paths.issuedIndex)).find((entry) => entry.serialNumber === serialNumber)?.status;

describe('a good certificate', () => {
  test('QWAC: EN 319 412-4 and TS 119 495', async () => {
    const { certificate, pem, organizationIdentifier } = await issue({ organizationName: 'Société Exemple' });
    expect(certificate.subject.rdns.flat()).toContainEqual({
      type: oid.organizationIdentifier,
      value: organizationIdentifier,
      encoding: 'utf8',
    });
    expect(certificate.keyUsage).toEqual(['digitalSignature']);
    expect(certificate.extendedKeyUsage).toEqual([oid.serverAuth, oid.clientAuth]);
    expect(certificate.certificatePolicies).toEqual(['0.4.0.194112.1.4', '0.4.0.19495.3.1']);
    expect(certificate.qcStatements).toMatchObject({ malformed: undefined, types: [oid.qcTypeWeb] });
    expect(certificate.qcStatements.identifiers).toContain(oid.qcCompliance);
    expect(certificate.qcStatements.psd2).toEqual([
      {
        malformed: undefined,
        roles: [
          { oid: oid.rolePspAi, name: 'PSP_AI' },
          { oid: oid.rolePspPi, name: 'PSP_PI' },
        ],
        ncaName: 'Autorité de Contrôle Prudentiel et de Résolution',
        ncaId: 'FR-ACPR',
        encodingFaults: [],
      },
    ]);
    expect(certificate.ocspAddresses).toEqual(['http://localhost:8448/ocsp']);
    expect(certificate.issuerAddresses).toEqual(['http://localhost:8448/certificates/issuing.cer']);
    expect(certificate.crlAddresses).toEqual(['http://localhost:8448/crl/issuing.crl']);
    expect(new X509Certificate(pem).subject).toContain('O=Société Exemple');
    expect(new X509Certificate(pem).subjectAltName).toMatch(/^DNS:tpp-\d+\.fr-acpr\.example$/);
  });

  test('QSealC: EN 319 412-3, without extended key usage', async () => {
    const { certificate } = await issue({ kind: 'qsealc' });
    expect(certificate.keyUsage).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(certificate.extendedKeyUsage).toBeUndefined();
    expect(certificate.certificatePolicies).toEqual(['0.4.0.194112.1.1']);
    expect(certificate.qcStatements.types).toEqual([oid.qcTypeEseal]);
    expect(certificate.qcStatements.psd2).toHaveLength(1);
  });

  test('its path leads to the root, by signatures and identifiers', async () => {
    const { path } = await issue();
    const certificates =
      path.match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g)?.map((pem) => new X509Certificate(pem)) ?? [];
    const [leaf, issuing, root] = certificates as [X509Certificate, X509Certificate, X509Certificate];
    expect(certificates).toHaveLength(3);
    expect(leaf.checkIssued(issuing) && leaf.verify(issuing.publicKey)).toBe(true);
    expect(issuing.checkIssued(root) && issuing.verify(root.publicKey)).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect([leaf.ca, issuing.ca, root.ca]).toEqual([false, true, true]);
  });

  test('of the second QTSP: another issuer, another responder, the same organisation', async () => {
    const first = await issue();
    const { organizationIdentifier } = first;
    const { certificate, path } = await issue({ organizationIdentifier, qtsp: 'second' });
    expect(certificate.issuer.der).toEqual(world.secondQtsp.issuing.certificate.subject.der);
    expect(certificate.issuer.der).not.toEqual(first.certificate.issuer.der);
    expect(new X509Certificate(path).verify(world.secondQtsp.issuing.publicKey)).toBe(true);
    expect(certificate.ocspAddresses).toEqual(['http://localhost:8448/second/ocsp']);
    expect(certificate.crlAddresses).toEqual(['http://localhost:8448/second/crl/issuing.crl']);
    expect(await statusOf(certificate.serialNumber)).toBe('good');
  });

  test('its organisation is entered, and gets the services of roles that come later', async () => {
    const { organizationIdentifier, certificate } = await issue({ roles: ['PSP_AI'] });
    expect(await entityOf(organizationIdentifier)).toMatchObject({
      EntityType: 'PSD_AISP',
      Services: [{ FR: 'PS_080' }],
    });
    expect(await statusOf(certificate.serialNumber)).toBe('good');
    await issue({ organizationIdentifier, roles: ['PSP_PI', 'PSP_IC'] });
    expect(await entityOf(organizationIdentifier)).toMatchObject({
      EntityType: 'PSD_PI',
      Services: [{ FR: ['PS_080', 'PS_070', 'PS_05A'] }],
    });
  });

  test('an organisation of another state is passported to the state of the bank', async () => {
    const { certificate } = await issue({ organizationIdentifier: 'PSDDE-BAFIN-1-2-3', roles: ['PSP_PI'] });
    expect(certificate.qcStatements.psd2[0]).toMatchObject({ ncaId: 'DE-BAFIN' });
    expect(await entityOf('PSDDE-BAFIN-1-2-3')).toMatchObject({
      CA_OwnerID: 'DE_BAFIN',
      EntityCode: 'DE_BAFIN!1-2-3',
      Services: [{ DE: 'PS_070' }, { FR: 'PS_070' }],
    });
  });
});

describe('a defect breaks what it names', () => {
  const statement = (psd2: readonly Psd2Statement[]) => psd2[0];

  test('expired, not-yet-valid: the validity, within that of the CA', async () => {
    const expired = (await issue({ defect: 'expired' })).certificate;
    const early = (await issue({ defect: 'not-yet-valid' })).certificate;
    expect(expired.notAfter < now && expired.notBefore > world.qtsp.issuing.certificate.notBefore).toBe(true);
    expect(early.notBefore > now && early.notAfter < world.qtsp.issuing.certificate.notAfter).toBe(true);
  });

  test('wrong-issuer: the name of the issuing CA over another key', async () => {
    const { pem, path, certificate } = await issue({ defect: 'wrong-issuer' });
    const leaf = new X509Certificate(pem);
    const impostor = await openImpostor(world.paths, world.url, now);
    expect(certificate.issuer.der).toEqual(world.qtsp.issuing.certificate.subject.der);
    expect(leaf.verify(world.qtsp.issuing.publicKey)).toBe(false);
    expect(leaf.verify(impostor.issuing.publicKey)).toBe(true);
    expect(new X509Certificate(path.slice(pem.length)).raw).toEqual(Buffer.from(impostor.issuing.certificate.der));
  });

  test('no-psd2-statement', async () => {
    expect((await issue({ defect: 'no-psd2-statement' })).certificate.qcStatements).toMatchObject({
      malformed: undefined,
      psd2: [],
    });
  });

  test('role-name-mismatch: each OID under the name of another role', async () => {
    const read = statement((await issue({ defect: 'role-name-mismatch' })).certificate.qcStatements.psd2);
    expect(read).toMatchObject({
      roles: [
        { oid: oid.rolePspAi, name: 'PSP_IC' },
        { oid: oid.rolePspPi, name: 'PSP_AI' },
      ],
    });
  });

  test.each([[['PSP_AI']], [['PSP_AI', 'PSP_PI']]])('flat-roles: the statement is malformed for %j', async (roles) => {
    const read = statement((await issue({ defect: 'flat-roles', roles })).certificate.qcStatements.psd2);
    expect(read?.malformed).toEqual(expect.any(String));
  });

  test.each(['qwac', 'qsealc'])('seal-as-qwac: made for TLS, typed eseal (ordered as %s)', async (kind) => {
    const { certificate } = await issue({ defect: 'seal-as-qwac', kind });
    expect(certificate.qcStatements.types).toEqual([oid.qcTypeEseal]);
    expect(certificate.certificatePolicies).toEqual(['0.4.0.194112.1.1']);
    expect(certificate.extendedKeyUsage).toContain(oid.clientAuth);
  });

  test('revoked', async () => {
    expect(await statusOf((await issue({ defect: 'revoked' })).certificate.serialNumber)).toBe('revoked');
  });

  test('nca-mismatch: an authority of another country', async () => {
    const of = async (organizationIdentifier: string) =>
      statement((await issue({ defect: 'nca-mismatch', organizationIdentifier })).certificate.qcStatements.psd2);
    expect(await of('PSDFR-ACPR-500')).toMatchObject({ ncaId: 'DE-BAFIN' });
    expect(await of('PSDDE-BAFIN-500')).toMatchObject({ ncaId: 'FR-ACPR' });
  });

  test('unknown-organization: not entered; never one that is known', async () => {
    const { organizationIdentifier } = await issue({ defect: 'unknown-organization' });
    expect(await entityOf(organizationIdentifier)).toBeUndefined();
    await issue({ organizationIdentifier });
    const second = await issue({ organizationIdentifier, defect: 'unknown-organization' });
    expect(second.organizationIdentifier).toBe(`${organizationIdentifier}-UNKNOWN`);
    expect(await entityOf(second.organizationIdentifier)).toBeUndefined();
  });

  test('withdrawn-organization: entered with a withdrawal; never one that is active', async () => {
    const { organizationIdentifier } = await issue({ defect: 'withdrawn-organization' });
    expect(await isActive(organizationIdentifier)).toBe(false);
    expect((await issue({ organizationIdentifier, defect: 'withdrawn-organization' })).organizationIdentifier).toBe(
      organizationIdentifier,
    );
    const good = await issue();
    const other = await issue({
      organizationIdentifier: good.organizationIdentifier,
      defect: 'withdrawn-organization',
    });
    expect(other.organizationIdentifier).toBe(`${good.organizationIdentifier}-WITHDRAWN`);
    expect(await isActive(good.organizationIdentifier)).toBe(true);
  });

  const elsewhere: Partial<Record<DefectName, readonly string[]>> = {
    expired: ['validity'],
    'not-yet-valid': ['validity'],
    'wrong-issuer': ['issuer', 'status'],
    'no-psd2-statement': ['psd2'],
    'role-name-mismatch': ['psd2'],
    'flat-roles': ['psd2'],
    'nca-mismatch': ['psd2'],
    'seal-as-qwac': ['type', 'policies'],
    revoked: ['status'],
    'unknown-organization': ['authorised'],
    'withdrawn-organization': ['authorised'],
  };

  async function traits(defect?: DefectName) {
    nextNumber += 1;
    const organizationIdentifier = `PSDFR-ACPR-T${nextNumber}`;
    const { certificate } = await issue({ organizationIdentifier, ...(defect === undefined ? {} : { defect }) });
    return {
      validity: certificate.notBefore <= now && certificate.notAfter > now,
      issuer: new X509Certificate(certificate.der).verify(world.qtsp.issuing.publicKey),
      status: await statusOf(certificate.serialNumber),
      psd2: certificate.qcStatements.psd2,
      type: certificate.qcStatements.types,
      policies: certificate.certificatePolicies,
      authorised: await isActive(organizationIdentifier),
      rest: [
        certificate.keyUsage,
        certificate.extendedKeyUsage,
        certificate.extensions.map((extension) => [extension.oid, extension.critical]),
        certificate.ocspAddresses,
      ],
    };
  }

  test.each(Object.keys(defects) as DefectName[])('%s, and nothing else', async (defect) => {
    const [good, bad] = [await traits(), await traits(defect)];
    const differing = Object.keys(good).filter((name) => {
      const [a, b] = [good, bad].map((all) => JSON.stringify(all[name as keyof typeof all]));
      return a !== b;
    });
    expect(differing).toEqual(elsewhere[defect]);
  });
});

describe('an order that cannot be met', () => {
  test.each([
    [
      { defect: 'mangled' },
      /no defect "mangled"; the defects are: expired, not-yet-valid, wrong-issuer,.*nca-mismatch$/,
    ],
    [{ kind: 'qesig' }, /qwac or qsealc/],
    [{ roles: ['PSP_XX'] }, /no role "PSP_XX"; the roles are PSP_AS/],
    [{ roles: [] }, /at least one role/],
    [{ organizationIdentifier: 'PSDfr-ACPR-1' }, /PSDcc-NCA-number/],
    [{ organizationIdentifier: 'PSDFR-ACPR-' }, /PSDcc-NCA-number/],
    [{ organizationName: '' }, /organization name/],
  ])('%j is refused with words', async (order, words) => {
    await expect(issue(order)).rejects.toThrow(words);
  });
});
