import { describe, expect, it } from 'vitest';
import {
  goodEvidence,
  nameOf,
  now,
  policy,
  roleAi,
  roleAs,
  rolePi,
  statementWith,
  subjectOf,
  withCertificate,
  withStatement,
  withStatements,
} from '../../../../tests/material/qualification-evidence.js';
import { oid } from '../../certificate/object-identifiers.js';
import type { Evidence } from '../evidence.js';
import type { Rule } from '../rule.js';
import { organizationIdentifierFormat } from './organization-identifier-format.js';
import { organizationIdentifierOnce } from './organization-identifier-once.js';
import { psd2NcaIdFormat } from './psd2-nca-id-format.js';
import { psd2NcaMatchesOrganization } from './psd2-nca-matches-organization.js';
import { psd2NcaNotApplicable } from './psd2-nca-not-applicable.js';
import { psd2RoleNameMatchesOid } from './psd2-role-name-matches-oid.js';
import { psd2RolesKnown } from './psd2-roles-known.js';
import { psd2StatementOnce } from './psd2-statement-once.js';
import { psd2StatementPresent } from './psd2-statement-present.js';
import { psd2StatementWellFormed } from './psd2-statement-well-formed.js';
import { psd2TextEncodings } from './psd2-text-encodings.js';
import { psd2TppRolePresent } from './psd2-tpp-role-present.js';
import { psd2UnspecifiedAlone } from './psd2-unspecified-alone.js';

function judge(rule: Rule, evidence: Evidence) {
  return rule.judge(evidence, policy, now).outcome;
}

const missing = withStatements({ psd2: [], identifiers: [oid.qcCompliance] });
const malformed = withStatements({ psd2: [{ malformed: 'rolesOfPSP is flat' }] });
const repeated = withStatements({ psd2: [statementWith({}), statementWith({ roles: [roleAs] })] });
const unknownRole = { oid: '0.4.0.19495.1.9', name: 'PSP_XX' };
const unspecified = { oid: oid.roleUnspecified, name: 'Unspecified' };
const centralBank = { oid: oid.rolePspCb, name: 'PSP_CB' };

describe('rules on the statement itself', () => {
  it.each([
    [psd2StatementPresent, goodEvidence, 'pass'],
    [psd2StatementPresent, missing, 'fail'],
    [psd2StatementPresent, withStatements({ present: false, psd2: [] }), 'not-applicable'],
    [psd2StatementPresent, withStatements({ malformed: 'unreadable', psd2: [] }), 'not-applicable'],
    [psd2StatementOnce, goodEvidence, 'pass'],
    [psd2StatementOnce, repeated, 'fail'],
    [psd2StatementOnce, missing, 'not-applicable'],
    [psd2StatementWellFormed, goodEvidence, 'pass'],
    [psd2StatementWellFormed, malformed, 'fail'],
    [psd2StatementWellFormed, missing, 'not-applicable'],
    [psd2TextEncodings, goodEvidence, 'pass'],
    [psd2TextEncodings, withStatement({ encodingFaults: ['NCAId is a PrintableString'] }), 'warn'],
  ] as const)('%o (C13, C23)', (rule, evidence, outcome) => {
    expect(judge(rule, evidence)).toBe(outcome);
  });

  it('flat roles are named in what was found', () => {
    expect(psd2StatementWellFormed.judge(malformed, policy, now).found).toContain('flat');
  });

  it.each([
    psd2TextEncodings,
    psd2RoleNameMatchesOid,
    psd2RolesKnown,
    psd2UnspecifiedAlone,
    psd2TppRolePresent,
    psd2NcaIdFormat,
    psd2NcaNotApplicable,
    psd2NcaMatchesOrganization,
  ])('$id has nothing to say without a single readable statement', (rule) => {
    for (const evidence of [missing, malformed, repeated]) expect(judge(rule, evidence)).toBe('not-applicable');
  });
});

describe('rules on the roles', () => {
  it.each([
    ['names that belong', [roleAi, rolePi], 'pass'],
    ['an OID with another name (C15)', [{ oid: oid.rolePspAi, name: 'PSP_PI' }], 'fail'],
    ['a free-text name', [{ oid: oid.rolePspPi, name: 'Payment Initiation' }], 'fail'],
    ['one of two wrong', [roleAi, { oid: oid.rolePspPi, name: 'psp_pi' }], 'fail'],
    ['an unknown role only', [unknownRole], 'not-applicable'],
    ['no role', [], 'not-applicable'],
  ])('psd2.role-name-matches-oid: %s', (_, roles, outcome) => {
    expect(judge(psd2RoleNameMatchesOid, withStatement({ roles }))).toBe(outcome);
  });

  it.each([
    ['known', [roleAi], 'pass'],
    ['an unknown one beside (C16)', [roleAi, unknownRole], 'warn'],
    ['the same role twice', [roleAi, roleAi], 'pass'],
  ])('psd2.roles-known: %s', (_, roles, outcome) => {
    expect(judge(psd2RolesKnown, withStatement({ roles }))).toBe(outcome);
  });

  it.each([
    ['alone', [unspecified], 'pass'],
    ['beside another', [unspecified, roleAi], 'fail'],
    ['absent', [roleAi], 'pass'],
  ])('psd2.unspecified-alone: %s', (_, roles, outcome) => {
    expect(judge(psd2UnspecifiedAlone, withStatement({ roles }))).toBe(outcome);
  });

  it.each([
    ['account information', [roleAi], 'pass'],
    ['an unknown role beside a valid one (C16)', [unknownRole, roleAi], 'pass'],
    ['an empty list (C14)', [], 'fail'],
    ['Unspecified', [unspecified], 'fail'],
    ['PSP_AS only (C17)', [roleAs], 'fail'],
    ['VOP only', [{ oid: oid.roleVopRs, name: 'VOP_RS' }], 'fail'],
    ['an unknown role only', [unknownRole], 'fail'],
  ])('psd2.tpp-role-present: %s', (_, roles, outcome) => {
    expect(judge(psd2TppRolePresent, withStatement({ roles }))).toBe(outcome);
  });
});

describe('rules on the authority', () => {
  it.each([
    ['FR-ACPR', 'pass'],
    ['DE-BAFIN', 'pass'],
    ['fr-acpr', 'fail'],
    ['FR_ACPR', 'fail'],
    ['FRA-ACPR', 'fail'],
    ['FR-A', 'fail'],
    ['FR-ABCDEFGHI', 'fail'],
    ['FR-ACPR\n', 'fail'],
    ['NA', 'not-applicable'],
  ])('psd2.nca-id-format: %j is %s', (ncaId, outcome) => {
    expect(judge(psd2NcaIdFormat, withStatement({ ncaId }))).toBe(outcome);
  });

  it.each([
    ['an authority for a TPP', {}, 'pass'],
    ['"NA" as NCAId of a TPP', { ncaId: 'NA' }, 'fail'],
    ['"NA" as NCAName of a TPP', { ncaName: 'NA' }, 'fail'],
    ['"NA" in both for a central bank', { roles: [centralBank], ncaName: 'NA', ncaId: 'NA' }, 'pass'],
    ['an authority for a central bank', { roles: [centralBank], ncaName: 'NA' }, 'fail'],
  ])('psd2.nca-not-applicable: %s', (_, change, outcome) => {
    expect(judge(psd2NcaNotApplicable, withStatement(change))).toBe(outcome);
  });

  it.each([
    ['the same', goodEvidence, 'pass'],
    ['another authority', withStatement({ ncaId: 'FR-BDF' }), 'fail'],
    ['another country', withStatement({ ncaId: 'DE-BAFIN' }), 'fail'],
    ['none to compare', withCertificate({ subject: subjectOf('VATFR-123456789') }), 'not-applicable'],
    ['"NA"', withStatement({ ncaId: 'NA' }), 'not-applicable'],
  ])('psd2.nca-matches-organization: %s', (_, evidence, outcome) => {
    expect(judge(psd2NcaMatchesOrganization, evidence)).toBe(outcome);
  });
});

describe('rules on the organizationIdentifier', () => {
  const two = nameOf(
    [oid.organizationIdentifier, 'PSDFR-ACPR-12345'],
    [oid.organizationIdentifier, 'PSDFR-ACPR-12345'],
  );
  it.each([
    ['one', goodEvidence, 'pass'],
    ['none', withCertificate({ subject: nameOf([oid.commonName, 'exemple.fr']) }), 'fail'],
    ['two (C22)', withCertificate({ subject: two }), 'fail'],
  ])('organization.identifier-once: %s', (_, evidence, outcome) => {
    expect(judge(organizationIdentifierOnce, evidence)).toBe(outcome);
  });

  it.each([
    ['PSDFR-ACPR-12345', 'pass'],
    ['PSDFI-FINFSA-0111027-9', 'pass'],
    ['VATFR-123456789', 'fail'],
    ['LEIXG-529900T8BM49AURSDO55', 'fail'],
    ['psdfr-acpr-12345', 'fail'],
    ['PSDFR-ACPR-12345 ', 'fail'],
    ['PSDFR-ACPR-12345\u00a0', 'fail'],
    ['PSDFR\u2010ACPR-12345', 'fail'],
    ['PSDFIN-FINFSA-1', 'fail'],
    ['PSDFR-ACPR-', 'fail'],
    ['', 'fail'],
  ])('organization.identifier-format: %j is %s (C20, C21)', (identifier, outcome) => {
    expect(judge(organizationIdentifierFormat, withCertificate({ subject: subjectOf(identifier) }))).toBe(outcome);
  });

  it('organization.identifier-format leaves a missing one to its own rule', () => {
    expect(judge(organizationIdentifierFormat, withCertificate({ subject: two }))).toBe('not-applicable');
  });
});
