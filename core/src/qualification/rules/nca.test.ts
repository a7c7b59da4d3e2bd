import { describe, expect, it } from 'vitest';
import {
  goodCertificate,
  now,
  policy,
  statementWith,
  subjectOf,
  withCertificate,
  withStatement,
} from '../../../../tests/material/qualification-evidence.js';
import { oid } from '../../certificate/object-identifiers.js';
import type { Evidence } from '../evidence.js';
import { organizationIdentifierFormat } from './organization-identifier-format.js';
import { psd2NcaIdFormat } from './psd2-nca-id-format.js';
import { psd2NcaKnown } from './psd2-nca-known.js';
import { psd2NcaMatchesOrganization } from './psd2-nca-matches-organization.js';
import { psd2NcaNameLatin } from './psd2-nca-name-latin.js';
import { psd2RoleNameMatchesOid } from './psd2-role-name-matches-oid.js';

function withAuthority(ncaId: string, organizationIdentifier: string, notBefore = goodCertificate.notBefore): Evidence {
  return withCertificate({
    subject: subjectOf(organizationIdentifier),
    notBefore,
    qcStatements: { ...goodCertificate.qcStatements, psd2: [statementWith({ ncaId })] },
  });
}

describe('psd2.nca-known', () => {
  it.each([
    ['FR-ACPR', 'PSDFR-ACPR-1', '2026-01-01', 'pass', 'FR-ACPR'],
    ['IS-FME', 'PSDIS-FME-1', '2019-12-31', 'warn', 'now IS-CBI'],
    ['IS-FME', 'PSDIS-FME-1', '2020-01-01', 'indeterminate', 'now IS-CBI'],
    ['LV-FCMC', 'PSDLV-FCMC-1', '2022-06-01', 'warn', 'until 2023-01-01'],
    ['ES-BDE', 'PSDES-BDE-1', '2026-01-01', 'warn', 'now ES-BE'],
    ['GB-FCA', 'PSDGB-FCA-1', '2020-01-01', 'warn', 'GB-FCA'],
    ['GB-FCA', 'PSDGB-FCA-1', '2021-06-01', 'indeterminate', 'GB-FCA'],
    ['GB-FCA', 'PSDGB-OB-Unknown1', '2020-01-01', 'indeterminate', 'Open Banking directory'],
    ['GB-FFA', 'PSDGB-FFA-1', '2020-01-01', 'indeterminate', 'test system'],
    ['EU-NCA', 'PSDEU-NCA-1', '2020-01-01', 'indeterminate', 'no country'],
    ['XX-BANK', 'PSDXX-BANK-1', '2020-01-01', 'indeterminate', 'on no list'],
    ['FR-ACPR', 'VATFR-1', '2020-01-01', 'pass', 'FR-ACPR'],
    ['NA', 'VATFR-1', '2020-01-01', 'not-applicable', 'no code'],
    ['fr-acpr', 'VATFR-1', '2020-01-01', 'not-applicable', 'no code'],
  ])('%s in %s of %s: %s', (ncaId, organizationIdentifier, issued, outcome, found) => {
    const evidence = withAuthority(ncaId, organizationIdentifier, new Date(issued));
    const verdict = psd2NcaKnown.judge(evidence, policy, now);
    expect(verdict).toMatchObject({ outcome, found: expect.stringContaining(found) });
  });

  it('an operator who has looked at the authority maps the identifier', () => {
    const evidence = { ...withAuthority('XX-BANK', 'PSDXX-BANK-1'), mappedIdentifier: 'PSDFR-ACPR-12345' };
    expect(psd2NcaKnown.judge(evidence, policy, now).outcome).toBe('warn');
    expect(psd2NcaMatchesOrganization.judge(evidence, policy, now).outcome).toBe('pass');
  });
});

describe('identifiers that are mapped (C20)', () => {
  it.each([
    ['VATFR-12345678901', undefined, 'fail'],
    ['VATFR-12345678901', 'PSDFR-ACPR-12345', 'pass'],
    ['LEIXG-1234', 'PSDFR-ACPR-12345', 'pass'],
    ['VATFR-12345678901', 'nonsense', 'fail'],
    ['PSDfr-ACPR-1', 'PSDFR-ACPR-12345', 'fail'],
  ])('%s to %s: %s', (text, mappedIdentifier, outcome) => {
    const evidence = {
      ...withAuthority('FR-ACPR', text),
      ...(mappedIdentifier === undefined ? {} : { mappedIdentifier }),
    };
    expect(organizationIdentifierFormat.judge(evidence, policy, now).outcome).toBe(outcome);
  });

  it('must be of the authority in the statement', () => {
    const evidence = { ...withAuthority('DE-BAFIN', 'VATFR-1'), mappedIdentifier: 'PSDFR-ACPR-12345' };
    expect(psd2NcaMatchesOrganization.judge(evidence, policy, now).outcome).toBe('fail');
  });
});

describe('mistakes met in the wild have texts of their own', () => {
  it.each([
    ['PSDFIN-FINFSA-1', 'three letters'],
    ['GR-BOG-800000005', 'scheme is missing'],
    ['PSDde-BAFIN-1', 'upper case'],
    ['PSDDE-BAFIN1', 'two to eight letters'],
  ])('organizationIdentifier %s: %s', (text, found) => {
    const verdict = organizationIdentifierFormat.judge(withAuthority('FR-ACPR', text), policy, now);
    expect(verdict).toMatchObject({ outcome: 'fail', found: expect.stringContaining(found) });
  });

  it.each([
    ['de-BAFIN', 'upper case'],
    ['FIN-FINFSA', 'three letters'],
    ['NLDNB', 'without a hyphen'],
    ['DE+BAFIN', '"DE+BAFIN"'],
  ])('NCAId %s: %s', (ncaId, found) => {
    const verdict = psd2NcaIdFormat.judge(withStatement({ ncaId }), policy, now);
    expect(verdict).toMatchObject({ outcome: 'fail', found: expect.stringContaining(found) });
  });

  it.each([
    [oid.rolePspAs, 'PSP_PI', `the name of ${oid.rolePspPi}`],
    [oid.rolePspPi, 'Payment Initiation', 'no name of the standard'],
  ])('role %s named %s: %s', (role, name, found) => {
    const verdict = psd2RoleNameMatchesOid.judge(withStatement({ roles: [{ oid: role, name }] }), policy, now);
    expect(verdict).toMatchObject({ outcome: 'fail', found: expect.stringContaining(found) });
  });

  it('an NCAId of another country', () => {
    const verdict = psd2NcaMatchesOrganization.judge(withAuthority('GB-FCA', 'PSDDE-BAFIN-1'), policy, now);
    expect(verdict).toMatchObject({ outcome: 'fail', found: expect.stringContaining('another country') });
  });

  it.each([
    ['Banco de España', 'pass'],
    ['The Netherlands BÖnk', 'pass'],
    ['Τράπεζα της Ελλάδος', 'warn'],
  ])('NCAName %s: %s', (ncaName, outcome) => {
    expect(psd2NcaNameLatin.judge(withStatement({ ncaName }), policy, now).outcome).toBe(outcome);
  });
});
