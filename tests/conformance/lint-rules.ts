const identifier = ['organization.identifier-format'];
const statement = ['psd2.statement-well-formed'];
const policies = ['qc.policies-match-type'];

/** The rules of ours that say what a lint of zlint says. */
export const rulesOfZlint: Readonly<Record<string, readonly string[]>> = {
  e_qcstatem_psd2_valid: [
    ...statement,
    'psd2.role-name-matches-oid',
    'psd2.unspecified-alone',
    'psd2.nca-id-format',
    'psd2.nca-not-applicable',
  ],
  e_qcstatem_psd2_orgid: identifier,
  e_qcstatem_psd2_vat_ntr: identifier,
  e_qcstatem_psd2_national_scheme: identifier,
  e_qcstatem_psd2_psd: [...identifier, ...statement, 'psd2.nca-id-format', 'psd2.nca-matches-organization'],
  e_qcstatem_psd2_psd2statem_encoding: [...statement, 'psd2.text-encodings'],
  e_qcstatem_psd2_psd2statem_ncaid_format: [...statement, 'psd2.nca-id-format'],
  w_qcstatem_psd2_psd2statem_ncaid_eulist: [...statement, 'psd2.nca-id-format', 'psd2.nca-known'],
  e_qcstatem_psd2_roles: [...statement, 'psd2.role-name-matches-oid', 'psd2.unspecified-alone'],
  e_qcstatem_repeated_stmt: ['qc.statements-once'],
  e_policy_and_qctype_consistent: policies,
  e_qcstatem_psd2_policy_mandatory: policies,
  w_qcstatem_psd2_policy_recommended: policies,
};

/** The rules of ours that say what a finding of pkilint says, by the beginning of its code; no rules where it is none of ours. */
export const rulesOfPkilint: Readonly<Record<string, readonly string[]>> = {
  'etsi.ts_119_495.gen-5.2.1-3.': identifier,
  'etsi.ts_119_495.gen-5.2.2-1.roles_of_psp_empty': ['psd2.tpp-role-present'],
  'etsi.ts_119_495.gen-5.2.2-5.': ['psd2.role-name-matches-oid'],
  'etsi.ts_119_495.gen-5.2-2.invalid_psp_oid': ['psd2.tpp-role-present'],
  'etsi.ts_119_495.gen-5.2-2.invalid_psp_role': ['psd2.role-name-matches-oid'],
  'etsi.ts_119_495.gen-5.2.3-1.': ['psd2.nca-name-latin'],
  'etsi.ts_119_495.gen-5.2.3-2.': ['psd2.nca-id-format'],
  'etsi.en_319_412_1.leg-5.1.4': identifier,
  'cabf.invalid_organization_identifier_registration_scheme': identifier,
  'cabf.serverauth.organization_identifier_mismatched_value': ['organization.extension-agrees'],
  // Not about the PSD2 statement or the identifier: how long browsers bear a certificate, and the texts that a QTSP links to.
  'cabf.serverauth.certificate_validity_period_exceeds_398_days': [],
  'cabf.ev_guidelines.cps_uri_policy_qualifier_missing': [],
  'etsi.en_319_412_5.gen-4.3.4.url_scheme_not_https': [],
};

/** Where our verdict is another one on purpose: file and lint, and why. */
export const exceptions: Readonly<Record<string, string>> = {
  ...of(
    'QcStmtPsd2Cert23Psd2ExtNcaIdWrongStringType.pem',
    [
      'e_qcstatem_psd2_psd2statem_encoding',
      'e_qcstatem_psd2_psd2statem_ncaid_format',
      'e_qcstatem_psd2_psd',
      'e_qcstatem_psd2_roles',
    ],
    'a PrintableString where a UTF8String belongs holds the same octets: told as a warning, and nobody is locked out for it',
  ),
  'QcStmtPsd2Cert23Psd2ExtNcaIdWrongStringType.pem w_qcstatem_psd2_psd2statem_ncaid_eulist':
    'the NCAId DE-BAFIN is on the list, whatever its string type',
  ...of(
    'QcStmtPsd2Cert82EuQcCertWoAnyPolicy.pem',
    ['e_qcstatem_psd2_policy_mandatory'],
    'a certificate without any policy claims nothing that could be wrong: told as a warning; what counts is the trusted list',
  ),
  ...of(
    'QcStmtPsd2Cert83EuQcCertWoAnyPolicy.pem',
    ['e_qcstatem_psd2_policy_mandatory'],
    'a certificate without any policy claims nothing that could be wrong: told as a warning; what counts is the trusted list',
  ),
  ...of(
    'QcStmtPsd2Cert103InconsistentPolicy.pem',
    ['e_qcstatem_psd2_policy_mandatory', 'e_policy_and_qctype_consistent'],
    'a device claimed beside a policy that demands none: more than promised, told as a warning',
  ),
  'QcStmtPsd2Cert43LeiNotXg.pem e_qcstatem_psd2_orgid':
    'one rule of ours looks at the whole form; zlint reports the same fault by another lint, e_qcstatem_psd2_vat_ntr',
  'QcStmtPsd2Cert46InvalidOrgIdNtr.pem e_qcstatem_psd2_orgid':
    'one rule of ours looks at the whole form; zlint reports the same fault by another lint, e_qcstatem_psd2_vat_ntr',
  'qevcp_w_psd2_eidas_pre__nca_name_not_latin.pem etsi.ts_119_495.gen-5.2.3-1.':
    '"The Netherlands BÖnk" is written in Latin letters, as "Banco de España" is: the standard asks for the alphabet, not for ASCII',
};

function of(file: string, lints: readonly string[], reason: string): Record<string, string> {
  return Object.fromEntries(lints.map((lint) => [`${file} ${lint}`, reason]));
}
