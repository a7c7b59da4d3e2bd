import { readOrganizationIdentifier } from '../../certificate/organization-identifier.js';
import { organizationOf } from '../reading/organization-of.js';
import { noStatement, statementOf } from '../reading/statement-of.js';
import type { Rule } from '../rule.js';
import { fail, notApplicable, pass } from '../verdict.js';

export const psd2NcaMatchesOrganization: Rule = {
  id: 'psd2.nca-matches-organization',
  layer: 'profile',
  title: 'NCAId and organizationIdentifier name the same authority',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.1 and 5.2.3',
  refusal: 'CERTIFICATE_INVALID',
  judge: (evidence) => {
    const statement = statementOf(evidence);
    if (statement === undefined) return notApplicable(noStatement);
    const organization = organizationOf(evidence);
    if (organization === undefined) return notApplicable('no organizationIdentifier to compare with');
    if (statement.ncaId === 'NA') return notApplicable('no national authority');
    const expected = `${organization.country}-${organization.authority}, as in ${organization.text}`;
    const own = readOrganizationIdentifier(evidence.certificate);
    const authorities = own.kind === 'psd' ? [organization, own] : [organization];
    if (authorities.some(({ country, authority }) => statement.ncaId === `${country}-${authority}`))
      return pass(statement.ncaId, expected);
    const foreign = !authorities.some(({ country }) => statement.ncaId.startsWith(`${country}-`));
    return fail(
      `${JSON.stringify(statement.ncaId)}${foreign ? ', of another country' : ''}`,
      expected,
      'Ask your QTSP for a certificate that names one authority throughout.',
    );
  },
};
