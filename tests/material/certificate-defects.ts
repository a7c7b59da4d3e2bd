import * as der from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import {
  alternativeName,
  encodedIdentifier,
  pspAi,
  qualified,
  roleList,
  subject,
  validity,
} from './certificate-parts.js';
import type { DemoRecipe } from './demo-authority.js';
import { extension, name, rsaKeys } from './issue.js';
import { explicitKeys } from './odd-keys.js';
import { organization, psd2Statement, statement } from './psd2.js';
import { crlAt, ocspAt } from './revocation-addresses.js';
import { rocaKeys } from './roca-keys.js';

/** What a recipe may need to know of the demo. */
export interface DefectContext {
  readonly organizationIdentifier: string;
  /** Address of the trust world. */
  readonly trust: string;
}

/** Row of the catalogue, what is wrong, how it is made, the code, and the rule that fails unless the certificate cannot even be read. */
export type CertificateDefect = readonly [
  string,
  string,
  DemoRecipe | ((given: DefectContext) => DemoRecipe),
  string,
  string?,
];

/** Everything that may be wrong with a QWAC and can still be carried through a handshake. */
export const certificateDefects: readonly CertificateDefect[] = [
  [
    'C7',
    'clientAuth and no QCStatements',
    { usages: [oid.clientAuth], statements: [] },
    'CERTIFICATE_WRONG_TYPE',
    'qc.compliance',
  ],
  [
    'C7',
    'QCStatements without QcCompliance',
    { statements: qualified(psd2Statement([pspAi])).slice(1) },
    'CERTIFICATE_WRONG_TYPE',
    'qc.compliance',
  ],
  [
    'C8',
    'anyExtendedKeyUsage only',
    { usages: [oid.anyExtendedKeyUsage] },
    'CERTIFICATE_WRONG_TYPE',
    'usage.client-auth',
  ],
  ['C8', 'serverAuth only', { usages: [oid.serverAuth] }, 'CERTIFICATE_WRONG_TYPE', 'usage.client-auth'],
  ['C9', 'QcType eseal', { type: oid.qcTypeEseal }, 'CERTIFICATE_WRONG_TYPE', 'qc.type-matches-use'],
  [
    'C9',
    'QcType web and eseal',
    {
      statements: [
        statement(oid.qcCompliance),
        statement(oid.qcType, der.sequence(der.objectIdentifier(oid.qcTypeWeb), der.objectIdentifier(oid.qcTypeEseal))),
        psd2Statement([pspAi]),
      ],
    },
    'CERTIFICATE_WRONG_TYPE',
    'qc.type-matches-use',
  ],
  ['C11', 'QcType esign', { type: oid.qcTypeEsign }, 'CERTIFICATE_WRONG_TYPE', 'qc.type-matches-use'],
  ['C13', 'no PSD2 statement', { statements: qualified() }, 'CERTIFICATE_INVALID', 'psd2.statement-present'],
  [
    'C13',
    'a PSD2 statement that cannot be read',
    { statements: qualified(statement(oid.psd2Statement, der.nullValue())) },
    'CERTIFICATE_INVALID',
    'psd2.statement-well-formed',
  ],
  ['C14', 'an empty list of roles', roleList(), 'ROLE_INVALID', 'psd2.tpp-role-present'],
  [
    'C15',
    'the OID of AI with the name of PI',
    roleList([oid.rolePspAi, 'PSP_PI']),
    'CERTIFICATE_INVALID',
    'psd2.role-name-matches-oid',
  ],
  [
    'C15',
    'the OID of PI with the name of AI',
    roleList([oid.rolePspPi, 'PSP_AI']),
    'CERTIFICATE_INVALID',
    'psd2.role-name-matches-oid',
  ],
  ['C16', 'an unknown role alone', roleList(['0.4.0.19495.1.9', 'PSP_XX']), 'ROLE_INVALID', 'psd2.tpp-role-present'],
  ['C17', 'PSP_AS alone', roleList([oid.rolePspAs, 'PSP_AS']), 'ROLE_INVALID', 'psd2.tpp-role-present'],
  [
    'C17',
    'a role that the register does not give',
    roleList([oid.rolePspIc, 'PSP_IC']),
    'ROLE_INVALID',
    'register.roles-authorised',
  ],
  [
    'C19',
    'an organisation that no register knows',
    { organizationIdentifier: 'PSDFR-ACPR-00000' },
    'CERTIFICATE_BLOCKED',
    'register.organization-found',
  ],
  [
    'C20',
    'a VAT number',
    { organizationIdentifier: 'VATFR-12345678901' },
    'CERTIFICATE_INVALID',
    'organization.identifier-format',
  ],
  [
    'C20',
    'an LEI',
    { organizationIdentifier: 'LEIXG-969500T3MBS4SQAMHJ45' },
    'CERTIFICATE_INVALID',
    'organization.identifier-format',
  ],
  ['C20', 'no organizationIdentifier', subject(), 'CERTIFICATE_INVALID', 'organization.identifier-once'],
  [
    'C20',
    'an authority on no list',
    { organizationIdentifier: 'PSDFR-OB-12345', ncaId: 'FR-OB' },
    'CERTIFICATE_BLOCKED',
    'psd2.nca-known',
  ],
  [
    'C22',
    'another organisation in the extension of the CA/Browser Forum',
    {
      more: [
        extension(
          oid.organizationExtension,
          der.sequence(der.printableString('PSD'), der.printableString('FR'), der.utf8String('ACPR-1')),
        ),
      ],
    },
    'CERTIFICATE_INVALID',
    'organization.extension-agrees',
  ],
  [
    'C9',
    'the policy of a seal beside QcType web',
    {
      more: [extension(oid.certificatePolicies, der.sequence(der.sequence(der.objectIdentifier(oid.policyLegal))))],
    },
    'CERTIFICATE_INVALID',
    'qc.policies-match-type',
  ],
  [
    'C22',
    'two organizationIdentifiers',
    ({ organizationIdentifier }) => subject(organizationIdentifier, organizationIdentifier),
    'CERTIFICATE_INVALID',
    'organization.identifier-once',
  ],
  [
    'C22',
    'two different ones',
    ({ organizationIdentifier }) => subject(organizationIdentifier, 'PSDFR-ACPR-1'),
    'CERTIFICATE_INVALID',
    'organization.identifier-once',
  ],
  [
    'C23',
    'two PSD2 statements',
    { statements: qualified(psd2Statement([pspAi]), psd2Statement([[oid.rolePspPi, 'PSP_PI']])) },
    'CERTIFICATE_INVALID',
    'psd2.statement-once',
  ],
  [
    'C27',
    'an OCSP answer unknown, and no CRL',
    ({ trust }) => ({ unrecorded: true, revocation: [ocspAt(`${trust}/ocsp`)] }),
    'CERTIFICATE_STATUS_UNKNOWN',
    'revocation.status-known',
  ],
  [
    'C29',
    'no source that answers',
    { revocation: [ocspAt('http://127.0.0.1:1/ocsp'), crlAt('http://127.0.0.1:1/crl')] },
    'CERTIFICATE_STATUS_UNKNOWN',
    'revocation.status-known',
  ],
  ['C29', 'no source at all', { revocation: [] }, 'CERTIFICATE_STATUS_UNKNOWN', 'revocation.status-known'],
  [
    'C35',
    'addresses that are none to be asked',
    { revocation: [ocspAt('file:///etc/passwd', 'gopher://127.0.0.1/', 'ldap://127.0.0.1/')] },
    'CERTIFICATE_STATUS_UNKNOWN',
    'revocation.status-known',
  ],
  [
    'C67',
    'an authority of the United Kingdom',
    { organizationIdentifier: 'PSDGB-FCA-123456', ncaId: 'GB-FCA' },
    'CERTIFICATE_BLOCKED',
    'register.authority-in-eea',
  ],
  [
    'C44',
    'the constraints of a CA',
    { more: [extension(oid.basicConstraints, der.sequence(der.boolean(true)), true)] },
    'CERTIFICATE_WRONG_TYPE',
    'certificate.end-entity',
  ],
  [
    'C48',
    'a critical extension that nobody knows',
    { more: [extension('1.2.3.4', der.nullValue(), true)] },
    'CERTIFICATE_INVALID',
    'path.well-built',
  ],
  ['C51', 'RSA of 1024 bits', { keys: rsaKeys(1024) }, 'CERTIFICATE_INVALID', 'path.strong-algorithms'],
  ['C51', 'the RSA exponent 3', { keys: rsaKeys(2048, 3) }, 'CERTIFICATE_INVALID', 'path.strong-algorithms'],
  ['C52', 'a ROCA key', { keys: rocaKeys() }, 'CERTIFICATE_INVALID', 'path.strong-algorithms'],
  ['C51', 'explicit curve parameters', { keys: explicitKeys() }, 'CERTIFICATE_INVALID', 'path.strong-algorithms'],
  [
    'C49',
    'a repeated extension',
    { more: [extension(oid.extendedKeyUsage, der.sequence(der.objectIdentifier(oid.clientAuth)))] },
    'CERTIFICATE_INVALID',
  ],
  [
    'C50',
    'another algorithm outside than inside',
    { instead: { outerAlgorithm: der.sequence(der.objectIdentifier('1.2.840.113549.1.1.12'), der.nullValue()) } },
    'CERTIFICATE_INVALID',
  ],
  ['C53', 'version 1 with extensions', { instead: { version: new Uint8Array() } }, 'CERTIFICATE_INVALID'],
  ['C53', 'version 4', { instead: { version: der.explicit(0, der.integer(3)) } }, 'CERTIFICATE_INVALID'],
  ['C53', 'a negative serial number', { instead: { serial: der.integer(-5) } }, 'CERTIFICATE_INVALID'],
  ['C53', 'the serial number 0', { instead: { serial: der.integer(0) } }, 'CERTIFICATE_INVALID'],
  [
    'C53',
    'a serial number of 21 octets',
    { instead: { serial: der.integer(new Uint8Array(21).fill(0x11)) } },
    'CERTIFICATE_INVALID',
  ],
  [
    'C57',
    'an indefinite length',
    { instead: { version: Uint8Array.of(0xa0, 0x80, 2, 1, 2, 0, 0) } },
    'CERTIFICATE_INVALID',
  ],
  [
    'C57',
    'UTCTime without Z',
    { instead: { validity: validity(der.tlv(0x17, Buffer.from('260101000000+0000'))) } },
    'CERTIFICATE_INVALID',
  ],
  [
    'C57',
    'GeneralizedTime before 2050',
    { instead: { validity: validity(der.tlv(0x18, Buffer.from('20260101000000Z'))) } },
    'CERTIFICATE_INVALID',
  ],
  [
    'C57',
    'GeneralizedTime with a fraction',
    { instead: { validity: validity(undefined, der.tlv(0x18, Buffer.from('20500101000000.5Z'))) } },
    'CERTIFICATE_INVALID',
  ],
  [
    'C57',
    'the year 50 in UTCTime, which is 1950',
    { instead: { validity: validity(undefined, der.tlv(0x17, Buffer.from('500101000000Z'))) } },
    'CERTIFICATE_INVALID',
  ],
  [
    'C57',
    'a PrintableString with an at sign',
    { instead: { subject: encodedIdentifier(0x13, 'PSDFR@ACPR') } },
    'CERTIFICATE_INVALID',
  ],
  [
    'C57',
    'NUL in the subject',
    ({ organizationIdentifier }) => ({ subject: organization(`${organizationIdentifier}\0.evil`) }),
    'CERTIFICATE_INVALID',
  ],
  ['C57', 'a subject of 20 KB', { subject: name([oid.commonName, 'a'.repeat(20_000)]) }, 'CERTIFICATE_INVALID'],
  [
    'C57',
    'KeyUsage with unused bits that are set',
    { keyUsage: [], more: [extension(oid.keyUsage, der.tlv(3, Uint8Array.of(7, 0xff)), true)] },
    'CERTIFICATE_INVALID',
  ],
  [
    'C59',
    'NUL in an alternative name',
    { more: [alternativeName(der.tlv(0x82, Buffer.from('a.example\0.evil')))] },
    'CERTIFICATE_INVALID',
  ],
  [
    'C58',
    'an alternative name of no type',
    { more: [alternativeName(der.tlv(0x9e, Buffer.from('x')))] },
    'CERTIFICATE_INVALID',
  ],
];
