import type { Certificate } from '@postern/core/certificate/certificate.js';
import { oid } from '@postern/core/certificate/object-identifiers.js';

const days = 86_400_000;
const qcPds = '0.4.0.1862.1.5';
const strongSignatures = ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.113549.1.1.11'];

/** A lint by the name that zlint or pkilint has for it: what it finds wrong never holds of what it is happy with. */
export type Lint = (certificate: Certificate) => boolean;

/** What zlint and pkilint ask of every certificate of an end entity (RFC 5280, EN 319 412-2 and -5). */
export const lintsOfEveryCertificate: Readonly<Record<string, Lint>> = {
  e_invalid_certificate_version: ({ version }) => version === 3,
  e_serial_number_not_positive: ({ serialNumber }) => /^0*[1-7]/.test(serialNumber),
  e_serial_number_longer_than_20_octets: ({ serialNumber }) => serialNumber.length <= 40,
  e_serial_number_low_entropy: ({ serialNumber }) => serialNumber.length >= 16,
  e_signature_algorithm_not_supported: ({ signatureAlgorithm }) => strongSignatures.includes(signatureAlgorithm.oid),
  e_rsa_mod_less_than_2048_bits: ({ publicKey }) => publicKey.kind !== 'rsa' || Number(publicKey.modulusBits) >= 2_048,
  e_ec_improper_curves: ({ publicKey }) => publicKey.kind !== 'ec' || publicKey.curve === '1.2.840.10045.3.1.7',
  e_ext_duplicate_extension: ({ extensions }) =>
    new Set(extensions.map(({ oid: id }) => id)).size === extensions.length,
  e_ext_authority_key_identifier_missing: ({ authorityKeyIdentifier }) => authorityKeyIdentifier !== undefined,
  e_ext_authority_key_identifier_critical: isUncritical(oid.authorityKeyIdentifier),
  w_ext_subject_key_identifier_missing_sub_cert: ({ subjectKeyIdentifier }) => subjectKeyIdentifier !== undefined,
  e_ext_subject_key_identifier_critical: isUncritical(oid.subjectKeyIdentifier),
  e_ext_key_usage_without_bits: ({ keyUsage = [] }) => keyUsage.length > 0,
  w_ext_key_usage_not_critical: ({ extensions }) =>
    extensions.some((each) => each.oid === oid.keyUsage && each.critical),
  e_sub_cert_key_usage_cert_sign_bit_set: ({ keyUsage = [] }) => !keyUsage.includes('keyCertSign'),
  e_sub_cert_key_usage_crl_sign_bit_set: ({ keyUsage = [] }) => !keyUsage.includes('cRLSign'),
  e_sub_cert_not_is_ca: ({ basicConstraints }) => basicConstraints?.ca !== true,
  e_sub_cert_certificate_policies_missing: ({ certificatePolicies }) => certificatePolicies.length > 0,
  e_ext_cert_policy_duplicate: ({ certificatePolicies }) =>
    new Set(certificatePolicies).size === certificatePolicies.length,
  e_sub_cert_aia_does_not_contain_ocsp_url: ({ ocspAddresses }) => ocspAddresses.length > 0,
  w_sub_cert_aia_does_not_contain_issuing_ca_url: ({ issuerAddresses }) => issuerAddresses.length > 0,
  e_sub_cert_crl_distribution_points_does_not_contain_url: ({ crlAddresses }) => crlAddresses.length > 0,
  w_ext_crl_distribution_marked_critical: isUncritical(oid.crlDistributionPoints),
  e_ext_aia_marked_critical: isUncritical(oid.authorityInfoAccess),
  e_subject_country_not_iso: ({ subject }) => /^[A-Z]{2}$/.test(textOf(subject, oid.countryName)),
  'country name is a PrintableString': ({ subject }) => attributeOf(subject, oid.countryName)?.encoding === 'printable',
  e_subject_organization_name_max_length: ({ subject }) => [...textOf(subject, oid.organizationName)].length <= 64,
  e_subject_common_name_max_length: ({ subject }) => [...textOf(subject, oid.commonName)].length <= 64,
  e_validity_time_not_positive: ({ notBefore, notAfter }) => notBefore < notAfter,
  e_qcstatem_etsi_present_qcs_critical: isUncritical(oid.qcStatements),
  e_qcstatem_mandatory_etsi_statems: ({ qcStatements }) =>
    [oid.qcCompliance, oid.qcType, qcPds].every((id) => qcStatements.identifiers.includes(id)),
  e_qcstatem_repeated_stmt: ({ qcStatements: { identifiers } }) => new Set(identifiers).size === identifiers.length,
  'etsi.en_319_412_5.gen-4.3.4.url_scheme_not_https': (certificate) => !disclosuresOf(certificate).includes('http:'),
  w_qcstatem_qcpds_lang_case: (certificate) => /https:[^\x13]+\x13\x02en/.test(disclosuresOf(certificate)),
};

/** What they ask beside of a certificate for websites (EN 319 412-4, CA/Browser Forum). */
export const lintsOfWebsites: Readonly<Record<string, Lint>> = {
  e_qcstatem_qctype_web: ({ qcStatements }) => qcStatements.types.join() === oid.qcTypeWeb,
  e_ext_san_missing: ({ subjectAlternativeNames }) => subjectAlternativeNames.length > 0,
  e_subject_common_name_not_from_san: ({ subject, subjectAlternativeNames: names }) =>
    names.some((name) => name.kind === 'dns' && name.value === textOf(subject, oid.commonName)),
  e_dnsname_bad_character_in_label: ({ subjectAlternativeNames }) =>
    subjectAlternativeNames.every(
      (name) => name.kind === 'dns' && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/.test(name.value),
    ),
  e_sub_cert_eku_server_auth_client_auth_missing: ({ extendedKeyUsage = [] }) =>
    extendedKeyUsage.includes(oid.serverAuth) && extendedKeyUsage.includes(oid.clientAuth),
  w_sub_cert_eku_extra_values: ({ extendedKeyUsage = [] }) => extendedKeyUsage.length === 2,
  'cabf.serverauth.certificate_validity_period_exceeds_398_days': ({ notBefore, notAfter }) =>
    notAfter.getTime() - notBefore.getTime() <= 398 * days,
};

/** What they ask beside of a certificate for seals (EN 319 412-3). */
export const lintsOfSeals: Readonly<Record<string, Lint>> = {
  'eSeal is the one QcType': ({ qcStatements }) => qcStatements.types.join() === oid.qcTypeEseal,
  'etsi.en_319_412_3.leg-4.2.1: attributes of a legal person': ({ subject }) =>
    [oid.countryName, oid.organizationName, oid.organizationIdentifier, oid.commonName].every(
      (type) => subject.rdns.flat().filter((each) => each.type === type).length === 1,
    ),
  'etsi.en_319_412_2.gen-4.3.2: key usage of type A, C or E': ({ keyUsage = [] }) =>
    keyUsage.every((each) => each === 'digitalSignature' || each === 'nonRepudiation'),
};

/** What no certificate of a sandbox keeps to, and why. */
export const lintsThatDoNotApply: Readonly<Record<string, string>> = {
  w_qcstatem_psd2_psd2statem_ncaid_eulist: 'the authority is invented, so that no real third party is named',
};

function isUncritical(extension: string): Lint {
  return ({ extensions }) => !extensions.some((each) => each.oid === extension && each.critical);
}

function attributeOf({ rdns }: Certificate['subject'], type: string) {
  return rdns.flat().find((each) => each.type === type);
}

function textOf(subject: Certificate['subject'], type: string): string {
  return attributeOf(subject, type)?.value ?? '';
}

/** The statements as they are written: addresses and languages stand in them as IA5String and PrintableString. */
function disclosuresOf({ extensions }: Certificate): string {
  const found = extensions.find((each) => each.oid === oid.qcStatements);
  return Buffer.from(found?.value ?? []).toString('latin1');
}
