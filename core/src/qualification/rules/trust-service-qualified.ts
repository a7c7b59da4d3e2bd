import { isQualifiedCertificateService } from '../../trust/service-status.js';
import { pathOf } from '../reading/path-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

const expected = 'a service of type CA/QC';

export const trustServiceQualified: Rule = {
  id: 'trust.service-qualified',
  layer: 'trust',
  title: 'The issuer is listed for qualified certificates',
  clause: 'ETSI TS 119 612 v2.4.1, 5.5.1.1',
  refusal: 'CERTIFICATE_UNKNOWN_ISSUER',
  judge: (evidence) => {
    const path = pathOf(evidence);
    if (path === undefined) return notApplicable('no path to a service');
    const qualified = path.services.find(isQualifiedCertificateService);
    if (qualified !== undefined) return pass(`"${qualified.serviceName}" of ${qualified.providerName}`, expected);
    const types = path.services.map(({ serviceType }) => serviceType).join(', ') || 'no service';
    return fail(types, expected, 'Use a certificate that a QTSP issued as qualified.');
  },
};
