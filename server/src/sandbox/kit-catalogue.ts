import { oid } from '@postern/core/certificate/object-identifiers.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { TppRole } from '@postern/core/register/tpp-role.js';
import type { KitDefect } from '@postern/web/views/kit-defect.js';
import { daysAfter } from './authority-recipes.js';
import type { Anatomy } from './sandbox-profile.js';

/** A certificate that is broken in one way, and what must come of presenting it. */
export interface KitEntry {
  /** What it is presented as: with TLS, or in a registration as the certificate of a seal. */
  readonly use: 'qwac' | 'qsealc';
  readonly explains: string;
  /** The rule that must fail, and none before it. */
  readonly rule: string;
  /** Of a seal: of the registration that names it. */
  readonly refusal: RefusalCode;
  readonly change?: (anatomy: Anatomy, given: KitGiven) => Partial<Anatomy>;
  /** How our status answers have it. */
  readonly status?: 'revoked' | 'held' | 'revoked-at-start';
  /** Signed by an authority that is on no list. */
  readonly unlisted?: true;
}

export interface KitGiven {
  readonly now: Date;
  readonly issuerSince: Date;
  /** A role that the organisation has not got, where there is one. */
  readonly otherRole: TppRole | undefined;
}

/** Of an organisation that the sandbox never assigns: its numbers begin with 1, 2 or 3. */
const nobody = '999999999999';
const roleOids = { PSP_PI: oid.rolePspPi, PSP_AI: oid.rolePspAi, PSP_IC: oid.rolePspIc } as const;

const anHour = 3_600_000;
/** Not before the issuer's own beginning: that would be a second defect. */
const expired: KitEntry['change'] = (_anatomy, { now, issuerSince }) => ({
  notBefore: new Date(Math.max(daysAfter(now, -3).getTime(), issuerSince.getTime())),
  notAfter: new Date(now.getTime() - anHour),
});

/** Everything that the kit holds, by the name of the defect. */
export const kitCatalogue: Readonly<Record<KitDefect, KitEntry>> = {
  expired: {
    use: 'qwac',
    explains: 'ended an hour ago',
    rule: 'time.not-expired',
    refusal: 'CERTIFICATE_EXPIRED',
    change: expired,
  },
  'not-yet-valid': {
    use: 'qwac',
    explains: 'begins in five days, and is revoked from then on',
    rule: 'time.not-before',
    refusal: 'CERTIFICATE_INVALID',
    change: (_anatomy, { now }) => ({ notBefore: daysAfter(now, 5), notAfter: daysAfter(now, 6) }),
    status: 'revoked-at-start',
  },
  revoked: {
    use: 'qwac',
    explains: 'issued, then revoked',
    rule: 'revocation.not-revoked',
    refusal: 'CERTIFICATE_REVOKED',
    status: 'revoked',
  },
  held: {
    use: 'qwac',
    explains: 'issued, then put on hold',
    rule: 'revocation.not-revoked',
    refusal: 'CERTIFICATE_REVOKED',
    status: 'held',
  },
  'wrong-issuer': {
    use: 'qwac',
    explains: 'signed by an authority that is on no list, whose key nobody has any more',
    rule: 'path.trusted-issuer',
    refusal: 'CERTIFICATE_UNKNOWN_ISSUER',
    unlisted: true,
  },
  'no-psd2-statement': {
    use: 'qwac',
    explains: 'no PSD2 statement among the QCStatements',
    rule: 'psd2.statement-present',
    refusal: 'CERTIFICATE_INVALID',
    change: () => ({ psd2: undefined }),
  },
  'flat-roles': {
    use: 'qwac',
    explains: 'RolesOfPSP without a SEQUENCE for each role',
    rule: 'psd2.statement-well-formed',
    refusal: 'CERTIFICATE_INVALID',
    change: ({ psd2 }) => ({ psd2: psd2 && { ...psd2, flat: true } }),
  },
  'role-name-mismatch': {
    use: 'qwac',
    explains: 'the object identifier of one role with the name of another',
    rule: 'psd2.role-name-matches-oid',
    refusal: 'CERTIFICATE_INVALID',
    change: ({ psd2 }) => ({
      psd2: psd2 && {
        ...psd2,
        roles: psd2.roles.map((role) => ({ ...role, name: role.name === 'PSP_AI' ? 'PSP_PI' : 'PSP_AI' })),
      },
    }),
  },
  'no-role': {
    use: 'qwac',
    explains: 'no role of a third party, only PSP_AS',
    rule: 'psd2.tpp-role-present',
    refusal: 'ROLE_INVALID',
    change: ({ psd2 }) => ({ psd2: psd2 && { ...psd2, roles: [{ oid: oid.rolePspAs, name: 'PSP_AS' }] } }),
  },
  'role-not-registered': {
    use: 'qwac',
    explains: 'a role that the register does not give to the organisation',
    rule: 'register.roles-authorised',
    refusal: 'ROLE_INVALID',
    change: ({ psd2 }, { otherRole: name = 'PSP_IC' }) => ({
      psd2: psd2 && { ...psd2, roles: [{ oid: roleOids[name], name }] },
    }),
  },
  'unknown-organization': {
    use: 'qwac',
    explains: 'an organizationIdentifier that the register does not know',
    rule: 'register.organization-found',
    refusal: 'CERTIFICATE_BLOCKED',
    change: forNobody,
  },
  'wrong-type': {
    use: 'qwac',
    explains: 'QcType and policies are those for signatures of a person',
    rule: 'qc.type-matches-use',
    refusal: 'CERTIFICATE_WRONG_TYPE',
    change: forPerson,
  },
  'no-client-auth': {
    use: 'qwac',
    explains: 'the extended key usage serverAuth alone',
    rule: 'usage.client-auth',
    refusal: 'CERTIFICATE_WRONG_TYPE',
    change: () => ({ purposes: [oid.serverAuth] }),
  },
  'wrong-key-usage': {
    use: 'qwac',
    explains: 'a key that may encipher keys and may not sign',
    rule: 'usage.key-usage',
    refusal: 'CERTIFICATE_WRONG_TYPE',
    change: () => ({ keyUsages: ['keyEncipherment'] }),
  },
  'seal-expired': {
    use: 'qsealc',
    explains: 'a seal that ended an hour ago',
    rule: 'time.not-expired',
    refusal: 'METADATA_INVALID',
    change: expired,
  },
  'seal-revoked': {
    use: 'qsealc',
    explains: 'a seal that was issued, then revoked',
    rule: 'revocation.not-revoked',
    refusal: 'METADATA_INVALID',
    status: 'revoked',
  },
  'seal-of-another': {
    use: 'qsealc',
    explains: 'a seal with an organizationIdentifier that the register does not know',
    rule: 'register.organization-found',
    refusal: 'METADATA_INVALID',
    change: forNobody,
  },
  'seal-wrong-type': {
    use: 'qsealc',
    explains: 'a seal whose QcType and policies are those for signatures of a person',
    rule: 'qc.type-matches-use',
    refusal: 'METADATA_INVALID',
    change: forPerson,
  },
};

function forNobody({ order }: Anatomy): Partial<Anatomy> {
  const { organizationIdentifier: own } = order;
  return { order: { ...order, organizationIdentifier: `${own.slice(0, own.lastIndexOf('-') + 1)}${nobody}` } };
}

/** Not the type of the other certificate of the pair: what is wrong as the one would be right as the other. */
function forPerson(): Partial<Anatomy> {
  return { qcType: oid.qcTypeEsign, policies: [oid.policyTestsOnly, oid.policyNatural] };
}
