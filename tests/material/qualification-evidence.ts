import type { Certificate, Name, NameAttribute, PspRole } from '../../core/src/certificate/certificate.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import type { Evidence, QualificationPolicy } from '../../core/src/qualification/evidence.js';
import type { RegisterEntity } from '../../core/src/register/register-entity.js';
import type { TrustedListStatus, TrustService } from '../../core/src/trust/trust-service.js';

/** The clock of the rule tests. */
export const now = new Date('2026-03-01T12:00:00Z');

export const policy: QualificationPolicy = {
  clockSkewSeconds: 30,
  staleListGraceSeconds: 3600,
  statusMaxAgeSeconds: 3600,
  hostCountry: 'FR',
};

/** `now` moved by seconds. */
export function after(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

export function nameOf(...attributes: readonly (readonly [type: string, value: string])[]): Name {
  const rdns = attributes.map(([type, value]): NameAttribute[] => [{ type, value, encoding: 'utf8' }]);
  return { der: new TextEncoder().encode(JSON.stringify(rdns)), rdns };
}

export function subjectOf(organizationIdentifier: string): Name {
  return nameOf(
    [oid.countryName, 'FR'],
    [oid.organizationName, 'Exemple SAS'],
    [oid.organizationIdentifier, organizationIdentifier],
  );
}

export const roleAi: PspRole = { oid: oid.rolePspAi, name: 'PSP_AI' };
export const rolePi: PspRole = { oid: oid.rolePspPi, name: 'PSP_PI' };
export const roleAs: PspRole = { oid: oid.rolePspAs, name: 'PSP_AS' };

export function statementWith(
  change: Partial<{ roles: readonly PspRole[]; ncaName: string; ncaId: string; encodingFaults: readonly string[] }>,
) {
  return {
    malformed: undefined,
    roles: [roleAi, rolePi],
    ncaName: 'Autorité de contrôle',
    ncaId: 'FR-ACPR',
    encodingFaults: [],
    ...change,
  };
}

const noBytes = new Uint8Array();

/** A QWAC as a parsed value without DER behind it: rules judge values. */
export const goodCertificate: Certificate = {
  der: noBytes,
  thumbprint: 'thumbprint',
  version: 3,
  serialNumber: '01',
  tbs: noBytes,
  signatureAlgorithm: { oid: '1.2.840.10045.4.3.2', parameters: undefined },
  signature: noBytes,
  issuer: nameOf([oid.organizationName, 'Exemple QTSP']),
  subject: subjectOf('PSDFR-ACPR-12345'),
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
  publicKey: {
    spki: noBytes,
    algorithm: { oid: '1.2.840.10045.2.1', parameters: undefined },
    kind: 'ec',
    modulusBits: undefined,
    exponent: undefined,
    curve: '1.2.840.10045.3.1.7',
  },
  extensions: [],
  basicConstraints: undefined,
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: [oid.clientAuth, oid.serverAuth],
  subjectKeyIdentifier: undefined,
  authorityKeyIdentifier: undefined,
  certificatePolicies: [],
  subjectAlternativeNames: [],
  ocspAddresses: [],
  issuerAddresses: [],
  crlAddresses: [],
  qcStatements: {
    present: true,
    malformed: undefined,
    identifiers: [oid.qcCompliance, oid.qcType, oid.psd2Statement],
    types: [oid.qcTypeWeb],
    psd2: [statementWith({})],
  },
};

export const goodIssuer: Certificate = {
  ...goodCertificate,
  subject: goodCertificate.issuer,
  notBefore: new Date('2020-01-01T00:00:00Z'),
  notAfter: new Date('2030-01-01T00:00:00Z'),
  basicConstraints: { ca: true, pathLength: 0 },
  keyUsage: ['keyCertSign', 'cRLSign'],
  extendedKeyUsage: undefined,
};

export const goodService: TrustService = {
  territory: 'FR',
  listSequence: 7,
  providerName: 'Exemple QTSP',
  serviceName: 'Exemple CA',
  serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
  certificates: [],
  statuses: [
    {
      status: 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted',
      startingAt: new Date('2020-01-01T00:00:00Z'),
      uses: ['website', 'seal'],
      unknownCriticalExtension: false,
    },
  ],
};

export const goodList: TrustedListStatus = {
  territory: 'FR',
  sequence: 7,
  issuedAt: new Date('2026-02-01T00:00:00Z'),
  nextUpdate: new Date('2026-06-01T00:00:00Z'),
  sha256: 'digest',
  acceptedAt: new Date('2026-03-01T00:00:00Z'),
};

export const goodInstitution: RegisterEntity = {
  authority: 'FR_ACPR',
  nationalReference: '12345',
  entityCode: 'FR_ACPR!12345',
  type: 'PSD_PI',
  names: ['EXEMPLE (S.A.S.)', 'Exemple SAS'],
  country: 'FR',
  authorisationDates: ['2019-03-01'],
  services: { FR: ['PS_070', 'PS_080'], BE: ['PS_080'] },
};

/** Evidence for which every rule but those on revocation holds. */
export const goodEvidence: Evidence = {
  use: 'website',
  certificate: goodCertificate,
  presented: [],
  path: { certificates: [goodCertificate, goodIssuer], services: [goodService] },
  trust: { available: true, version: 'v1', lists: [{ ...goodList, territory: 'EU', sequence: 390 }, goodList] },
  revocation: [],
  register: {
    available: true,
    version: 'r1',
    publishedAt: new Date('2026-03-01T00:00:00Z'),
    candidates: [goodInstitution],
  },
};

/** Good evidence with another certificate in its place. */
export function withCertificate(change: Partial<Certificate>): Evidence {
  const certificate = { ...goodCertificate, ...change };
  return { ...goodEvidence, certificate, path: { certificates: [certificate, goodIssuer], services: [goodService] } };
}

/** Good evidence with other qcStatements. */
export function withStatements(change: Partial<Certificate['qcStatements']>): Evidence {
  return withCertificate({ qcStatements: { ...goodCertificate.qcStatements, ...change } });
}

/** Good evidence with another PSD2 statement. */
export function withStatement(change: Parameters<typeof statementWith>[0]): Evidence {
  return withStatements({ psd2: [statementWith(change)] });
}

/** Good evidence with another entry for the organisation in the register. */
export function withInstitution(change: Partial<RegisterEntity>): Evidence {
  return withCandidates([{ ...goodInstitution, ...change }]);
}

export function withCandidates(candidates: readonly RegisterEntity[]): Evidence {
  return {
    ...goodEvidence,
    register: { available: true, version: 'r1', publishedAt: new Date('2026-03-01T00:00:00Z'), candidates },
  };
}

/** Good evidence whose path ends at other services. */
export function withServices(services: readonly TrustService[]): Evidence {
  return { ...goodEvidence, path: { certificates: [goodCertificate, goodIssuer], services } };
}
