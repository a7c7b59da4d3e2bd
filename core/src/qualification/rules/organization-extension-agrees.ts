import { readOrganizationExtension } from '../../certificate/organization-extension.js';
import { readOrganizationIdentifier } from '../../certificate/organization-identifier.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass, warn } from '../verdict.js';

/** Web browsers ask QTSPs for the extension; a bank only asks that it names nobody else. */
export const organizationExtensionAgrees: Rule = {
  id: 'organization.extension-agrees',
  layer: 'profile',
  title: 'The organizationIdentifier extension names the same organisation',
  clause: 'CA/Browser Forum EV Guidelines, 9.8.2; ETSI TS 119 495 v1.8.1, 5.3',
  refusal: 'CERTIFICATE_INVALID',
  judge: ({ certificate }) => {
    const extension = readOrganizationExtension(certificate);
    if (extension === undefined) return notApplicable('no such extension');
    const identifier = readOrganizationIdentifier(certificate);
    if (identifier.kind === 'missing' || identifier.kind === 'repeated')
      return notApplicable('no single organizationIdentifier');
    const expected = `${JSON.stringify(identifier.text)}, as in the subject`;
    const remedy = 'Ask your QTSP for a certificate that names one organisation throughout.';
    if (extension.malformed !== undefined) return warn(extension.malformed, expected, remedy);
    const found = JSON.stringify(extension.text);
    return extension.text === identifier.text ? pass(found, expected) : fail(found, expected, remedy);
  },
};
