import { oid } from '../../certificate/object-identifiers.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass, warn } from '../verdict.js';

/** QTSPs may write policies of their own alone, which say nothing here; those of ETSI must not contradict the QcType. */
export const qcPoliciesMatchType: Rule = {
  id: 'qc.policies-match-type',
  layer: 'profile',
  title: 'The certificate policies are those of the type of certificate',
  clause: 'ETSI EN 319 411-2 v2.5.1, 5.3; ETSI TS 119 495 v1.8.1, 6.1',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate: { certificatePolicies, qcStatements } }) => {
    const [type] = qcStatements.types;
    if (type === undefined || qcStatements.types.length > 1) return notApplicable('no single QcType');
    const expected = `policies of QcType ${typeNames.get(type) ?? type}`;
    const remedy = 'Tell your QTSP before the certificate is renewed.';
    if (certificatePolicies.length === 0) return warn('no certificate policy', expected, remedy);
    const known = certificatePolicies.flatMap((policy) => policies.get(policy) ?? []);
    const found = known.map(({ name }) => name).join(', ') || 'policies of the QTSP alone';
    const claimsDevice = qcStatements.identifiers.includes(oid.qcSscd);
    if (known.some((policy) => policy.type !== type)) {
      return fail(found, expected, 'Ask your QTSP for a certificate whose policies and QcType agree.');
    }
    if (known.some(({ device }) => device) && !claimsDevice) {
      return fail(`${found} without the statement QcSSCD`, expected, 'Ask your QTSP for a corrected certificate.');
    }
    if (known.some(({ device }) => !device) && claimsDevice && type !== oid.qcTypeWeb) {
      return warn(`${found} beside the statement QcSSCD`, expected, remedy);
    }
    return pass(found, expected);
  },
};

const typeNames: ReadonlyMap<string, string> = new Map([
  [oid.qcTypeEsign, 'esign'],
  [oid.qcTypeEseal, 'eseal'],
  [oid.qcTypeWeb, 'web'],
]);

interface Policy {
  readonly name: string;
  readonly type: string;
  /** Whether the key is in a qualified signature creation device. */
  readonly device: boolean;
}

const policies: ReadonlyMap<string, Policy> = new Map<string, Policy>([
  [oid.policyNatural, { name: 'QCP-n', type: oid.qcTypeEsign, device: false }],
  [oid.policyNaturalQscd, { name: 'QCP-n-qscd', type: oid.qcTypeEsign, device: true }],
  [oid.policyLegal, { name: 'QCP-l', type: oid.qcTypeEseal, device: false }],
  [oid.policyLegalQscd, { name: 'QCP-l-qscd', type: oid.qcTypeEseal, device: true }],
  [oid.policyWebExtended, { name: 'QEVCP-w', type: oid.qcTypeWeb, device: false }],
  [oid.policyWeb, { name: 'QNCP-w', type: oid.qcTypeWeb, device: false }],
  [oid.policyWebGeneral, { name: 'QNCP-w-gen', type: oid.qcTypeWeb, device: false }],
  [oid.policyWebPsd2, { name: 'qcp-web-psd2', type: oid.qcTypeWeb, device: false }],
]);
