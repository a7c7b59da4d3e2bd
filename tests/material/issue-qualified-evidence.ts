import { createHash } from 'node:crypto';
import * as der from '../../core/src/asn1/der-writer.js';
import type { Certificate } from '../../core/src/certificate/certificate.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import { parseCertificate } from '../../core/src/certificate/parse-certificate.js';
import { publicKeyBits } from '../../core/src/issuance/public-key-octets.js';
import type { Evidence } from '../../core/src/qualification/evidence.js';
import { encodeCertificateId } from '../../core/src/revocation/certificate-id.js';
import { buildPath } from '../../core/src/trust/build-path.js';
import { indexTrustServices } from '../../core/src/trust/trust-service-index.js';
import { caExtensions, defaultAlgorithm, extension, signed } from './issue.js';
import { type Credential, issueCertificate } from './issue-certificate.js';
import { after, goodEvidence, goodService, now } from './qualification-evidence.js';

export interface QualifiedRecipe {
  readonly organizationIdentifier?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** OIDs and names. */
  readonly roles?: readonly (readonly [oid: string, name: string])[];
  readonly ncaId?: string;
  /** The mistake of the wild: all roles in one sequence. */
  readonly flatRoles?: boolean;
  readonly withoutPsd2?: boolean;
  readonly qcType?: string;
}

export interface TestQtsp {
  readonly authority: Credential;
  readonly certificate: Certificate;
}

/** A QTSP with one issuing CA. */
export function createTestQtsp(commonName = 'Exemple QTSP'): TestQtsp {
  const probe = issueCertificate({ commonName });
  const authority = issueCertificate({ commonName, extensions: [...caExtensions(1), subjectKeyIdentifier(probe)] });
  return { authority, certificate: parseCertificate(authority.der) };
}

/** A QWAC, or by recipe something that falls short of one. */
export function issueQualified(qtsp: TestQtsp, recipe: QualifiedRecipe = {}): Certificate {
  const { der: bytes } = issueCertificate({
    commonName: 'Exemple SAS',
    issuer: qtsp.authority,
    serialNumber: 4711,
    organizationIdentifier: recipe.organizationIdentifier ?? 'PSDFR-ACPR-12345',
    notBefore: recipe.notBefore ?? after(-86_400),
    notAfter: recipe.notAfter ?? after(86_400 * 365),
    extensions: [
      extension(
        oid.authorityKeyIdentifier,
        der.sequence(der.implicit(0, der.octetString(qtsp.certificate.subjectKeyIdentifier ?? new Uint8Array()))),
      ),
      extension(oid.keyUsage, der.namedBits([0]), true),
      extension(
        oid.extendedKeyUsage,
        der.sequence(der.objectIdentifier(oid.serverAuth), der.objectIdentifier(oid.clientAuth)),
      ),
      extension(oid.certificatePolicies, der.sequence(der.sequence(der.objectIdentifier(policyOf(recipe))))),
      extension(oid.qcStatements, qcStatements(recipe)),
    ],
  });
  return parseCertificate(bytes);
}

function policyOf({ qcType = oid.qcTypeWeb }: QualifiedRecipe): string {
  if (qcType === oid.qcTypeEseal) return oid.policyLegal;
  return qcType === oid.qcTypeEsign ? oid.policyNatural : oid.policyWebExtended;
}

/** An OCSP response of the issuer itself, of now, good for an hour. */
export function answerOcsp(
  qtsp: TestQtsp,
  certificate: Certificate,
  status: 'good' | 'revoked' | 'unknown' = 'good',
): Uint8Array {
  const statuses = {
    good: der.tlv(0x80, new Uint8Array()),
    revoked: der.tlv(0xa1, der.generalizedTime(after(-60))),
    unknown: der.tlv(0x82, new Uint8Array()),
  };
  const single = der.sequence(
    encodeCertificateId({ certificate, issuer: qtsp.certificate }, 'sha256'),
    statuses[status],
    der.generalizedTime(after(-10)),
    der.explicit(0, der.generalizedTime(after(3600))),
  );
  const responder = der.explicit(2, der.octetString(keyHashOf(qtsp.authority)));
  const tbs = der.sequence(responder, der.generalizedTime(after(-10)), der.sequence(single));
  const basic = signed(tbs, { keys: qtsp.authority });
  const bytes = der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1.1'), der.octetString(basic));
  return new Uint8Array(der.sequence(der.enumerated(0), der.explicit(0, bytes)));
}

/** The keyHash of a public key (RFC 6960 section 4.2.1). */
function keyHashOf({ publicKey }: Credential): Uint8Array {
  return createHash('sha1').update(publicKeyBits(publicKey)).digest();
}

/** A CRL of now, good for two hours, that lists the serial numbers given. */
export function issueCrl(qtsp: TestQtsp, revoked: readonly string[] = []): Uint8Array {
  const entries = revoked.map((serial) => der.sequence(der.integer(Buffer.from(serial, 'hex')), der.time(after(-60))));
  const tbs = der.sequence(
    der.integer(1),
    defaultAlgorithm(qtsp.authority),
    qtsp.authority.subject,
    der.time(after(-10)),
    der.time(after(7200)),
    ...(entries.length === 0 ? [] : [der.sequence(...entries)]),
    der.explicit(0, der.sequence(extension('2.5.29.20', der.integer(7)))),
  );
  return new Uint8Array(signed(tbs, { keys: qtsp.authority }));
}

/** Evidence with real bytes throughout: the path is built, the OCSP response is signed. */
export function gatherEvidence(
  qtsp: TestQtsp,
  certificate: Certificate,
  status: 'good' | 'revoked' | 'unknown' = 'good',
): Evidence {
  const anchors = indexTrustServices([{ ...goodService, certificates: [qtsp.certificate.der] }]);
  return {
    ...goodEvidence,
    certificate,
    presented: [qtsp.certificate],
    path: buildPath(certificate, [qtsp.certificate], { anchors, at: now }),
    revocation: [
      {
        source: 'ocsp',
        address: 'http://ocsp.example/',
        receivedAt: now,
        bytes: answerOcsp(qtsp, certificate, status),
      },
    ],
  };
}

function subjectKeyIdentifier(of: Credential): Uint8Array {
  return extension(oid.subjectKeyIdentifier, der.octetString(keyHashOf(of)));
}

function qcStatements({ qcType = oid.qcTypeWeb, withoutPsd2 = false, ...recipe }: QualifiedRecipe): Uint8Array {
  return der.sequence(
    der.sequence(der.objectIdentifier(oid.qcCompliance)),
    der.sequence(der.objectIdentifier(oid.qcType), der.sequence(der.objectIdentifier(qcType))),
    ...(withoutPsd2 ? [] : [der.sequence(der.objectIdentifier(oid.psd2Statement), psd2QcType(recipe))]),
  );
}

function psd2QcType({ roles = defaultRoles, ncaId = 'FR-ACPR', flatRoles = false }: QualifiedRecipe): Uint8Array {
  const pairs = roles.map(([id, name]) => [der.objectIdentifier(id), der.utf8String(name)]);
  const list = flatRoles
    ? der.sequence(der.sequence(...pairs.flat()))
    : der.sequence(...pairs.map((pair) => der.sequence(...pair)));
  return der.sequence(list, der.utf8String('Autorité de contrôle prudentiel et de résolution'), der.utf8String(ncaId));
}

const defaultRoles: NonNullable<QualifiedRecipe['roles']> = [
  [oid.rolePspAi, 'PSP_AI'],
  [oid.rolePspPi, 'PSP_PI'],
];
