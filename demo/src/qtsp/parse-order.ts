import { DemoError } from '../demo-error.js';
import {
  type OrganizationIdentifier,
  parseOrganizationIdentifier,
} from '../organization/parse-organization-identifier.js';
import { isPspRoleName, type PspRoleName, pspRoles } from '../organization/psp-role.js';
import { type DefectName, parseDefectName } from './defects.js';
import { parseQtspName, type QtspName } from './qtsp-identity.js';

export type CertificateKind = 'qwac' | 'qsealc';

/** What a certificate is asked for, apart from its key. */
export interface CertificateOrder {
  readonly kind: CertificateKind;
  readonly organization: OrganizationIdentifier;
  /** Undefined takes the name in the register. */
  readonly organizationName: string | undefined;
  readonly roles: readonly PspRoleName[];
  readonly defect: DefectName | undefined;
  readonly qtsp: QtspName;
}

export interface RawOrder {
  readonly kind?: unknown;
  readonly organizationIdentifier?: unknown;
  readonly organizationName?: unknown;
  readonly roles?: unknown;
  readonly defect?: unknown;
  readonly qtsp?: unknown;
}

/** Checks an order from outside; throws DemoError that names the member and what it may be. */
export function parseOrder(raw: RawOrder): CertificateOrder {
  return {
    kind: parseKind(raw.kind),
    organization: parseOrganizationIdentifier(textOf(raw.organizationIdentifier, 'organization identifier')),
    organizationName: raw.organizationName === undefined ? undefined : parseName(raw.organizationName),
    roles: parseRoles(raw.roles),
    defect: raw.defect === undefined ? undefined : parseDefectName(textOf(raw.defect, 'defect')),
    qtsp: raw.qtsp === undefined ? 'first' : parseQtspName(textOf(raw.qtsp, 'qtsp')),
  };
}

function parseKind(kind: unknown): CertificateKind {
  if (kind !== 'qwac' && kind !== 'qsealc') {
    throw wrong('the kind must be qwac or qsealc');
  }
  return kind;
}

function parseRoles(roles: unknown): readonly PspRoleName[] {
  if (!Array.isArray(roles) || roles.length === 0 || roles.length > 16) {
    throw wrong(`at least one role is needed, of ${Object.keys(pspRoles).join(', ')}`);
  }
  const names = roles.map((role) => {
    const name = textOf(role, 'role');
    if (!isPspRoleName(name)) {
      throw wrong(`there is no role "${name.slice(0, 100)}"; the roles are ${Object.keys(pspRoles).join(', ')}`);
    }
    return name;
  });
  return [...new Set(names)];
}

function parseName(name: unknown): string {
  const text = textOf(name, 'organization name').trim();
  if (text.length === 0 || text.length > 64 || /\p{Cc}/u.test(text)) {
    throw wrong('the organization name must have 1 to 64 characters, and no control characters');
  }
  return text;
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') {
    throw wrong(`the ${what} is missing or is not text`);
  }
  return value;
}

function wrong(message: string): DemoError {
  return new DemoError(message, { usage: true });
}
