import { describe, expect, it } from 'vitest';
import {
  goodCertificate,
  now,
  policy,
  subjectOf,
  withCertificate,
} from '../../../../tests/material/qualification-evidence.js';
import * as der from '../../asn1/der-writer.js';
import { oid } from '../../certificate/object-identifiers.js';
import { organizationExtensionAgrees } from './organization-extension-agrees.js';
import { qcPoliciesMatchType } from './qc-policies-match-type.js';

describe('qc.policies-match-type', () => {
  const own = '1.3.6.1.4.1.99999.1';
  it.each([
    ['web', oid.qcTypeWeb, [own, oid.policyWebExtended, oid.policyWebPsd2], false, 'pass'],
    ['web', oid.qcTypeWeb, [oid.policyWeb], true, 'pass'],
    ['web with a policy for seals', oid.qcTypeWeb, [oid.policyLegal], false, 'fail'],
    ['seal', oid.qcTypeEseal, [oid.policyLegal], false, 'pass'],
    ['seal in a device', oid.qcTypeEseal, [oid.policyLegalQscd], true, 'pass'],
    ['seal that claims no device', oid.qcTypeEseal, [oid.policyLegalQscd], false, 'fail'],
    ['seal that claims a device too many', oid.qcTypeEseal, [oid.policyLegal], true, 'warn'],
    ['seal with the PSD2 web policy', oid.qcTypeEseal, [oid.policyLegal, oid.policyWebPsd2], false, 'fail'],
    ['policies of the QTSP alone', oid.qcTypeWeb, [own], false, 'pass'],
    ['no policy', oid.qcTypeWeb, [], false, 'warn'],
  ] as const)('%s', (_, type, certificatePolicies, device, outcome) => {
    const identifiers = [oid.qcCompliance, oid.qcType, ...(device ? [oid.qcSscd] : [])];
    const qcStatements = { ...goodCertificate.qcStatements, identifiers, types: [type] };
    const evidence = withCertificate({ certificatePolicies: [...certificatePolicies], qcStatements });
    expect(qcPoliciesMatchType.judge(evidence, policy, now).outcome).toBe(outcome);
  });

  it('has nothing to say without a single QcType', () => {
    const evidence = withCertificate({ qcStatements: { ...goodCertificate.qcStatements, types: [] } });
    expect(qcPoliciesMatchType.judge(evidence, policy, now).outcome).toBe('not-applicable');
  });
});

describe('organization.extension-agrees', () => {
  const value = (scheme: string, country: string, reference: string, state?: string) =>
    der.sequence(
      der.printableString(scheme),
      der.printableString(country),
      ...(state === undefined ? [] : [der.implicit(0, der.printableString(state))]),
      der.utf8String(reference),
    );
  it.each([
    ['PSDFR-ACPR-12345', value('PSD', 'FR', 'ACPR-12345'), 'pass'],
    ['VATGR-099028220', value('VAT', 'GR', '099028220'), 'pass'],
    ['NTRDE+BW-1', value('NTR', 'DE', '1', 'BW'), 'pass'],
    ['PSDFR-ACPR-12345', value('PSD', 'FR', 'ACPR-12346'), 'fail'],
    ['XX:GR-18050', value('PSD', 'FR', 'ACPR-18050'), 'fail'],
    ['PSDFR-ACPR-12345', der.nullValue(), 'warn'],
    ['PSDFR-ACPR-12345', undefined, 'not-applicable'],
  ] as const)('%s: %#', (text, bytes, outcome) => {
    const extensions = bytes === undefined ? [] : [{ oid: oid.organizationExtension, critical: false, value: bytes }];
    const evidence = withCertificate({ subject: subjectOf(text), extensions });
    expect(organizationExtensionAgrees.judge(evidence, policy, now).outcome).toBe(outcome);
  });
});
