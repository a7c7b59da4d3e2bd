import type { KitTexts } from './kit-texts.js';

/** The words of the page with broken certificates, in English. */
export const kitEn: KitTexts = {
  heading: 'Broken certificates',
  lede: 'Certificates over the keys you have, each broken in one way and good for nothing. See how your software takes each refusal before production teaches it.',
  presented:
    'Present those for TLS to `certificate-check` or to any other address of this sandbox, and those of seals in a registration. They live a week at most; our OCSP responder and CRL know them.',
  issue: 'Issue broken certificates',
  issueAgain: 'Issue them anew',
  none: 'You have none yet.',
  caption: 'What each must be refused with',
  defect: 'What is wrong',
  refusal: 'Refused with',
  rule: 'Rule',
  file: 'File',
  command: 'Present one of them',
  defects: {
    expired: 'It has ended',
    'not-yet-valid': 'It begins in five days (and is revoked from then on)',
    revoked: 'It is revoked',
    held: 'It is on hold',
    'wrong-issuer': 'Its issuer is on no list',
    'no-psd2-statement': 'The PSD2 statement is missing',
    'flat-roles': 'The roles are not each in a SEQUENCE of their own',
    'role-name-mismatch': 'The name of a role is not that of its OID',
    'no-role': 'No role of a third party',
    'role-not-registered': 'A role that the register does not give you',
    'unknown-organization': 'An organisation that the register does not know',
    'wrong-type': 'The type of certificate is that of a person’s signature',
    'no-client-auth': 'The key is not for TLS clients',
    'wrong-key-usage': 'The key may not sign',
    'seal-expired': 'Seal: it has ended',
    'seal-revoked': 'Seal: it is revoked',
    'seal-of-another': 'Seal: of an organisation that the register does not know',
    'seal-wrong-type': 'Seal: the type is that of a person’s signature',
  },
};
