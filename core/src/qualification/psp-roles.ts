import type { PspRole } from '../certificate/certificate.js';
import { oid } from '../certificate/object-identifiers.js';
import type { TppRole } from './qualification.js';

/** The roles of ETSI TS 119 495 v1.8.1, 5.1 and 4.2: object identifier → the one name that belongs to it. */
export const pspRoleNames: ReadonlyMap<string, string> = new Map([
  [oid.roleUnspecified, 'Unspecified'],
  [oid.rolePspAs, 'PSP_AS'],
  [oid.rolePspPi, 'PSP_PI'],
  [oid.rolePspAi, 'PSP_AI'],
  [oid.rolePspIc, 'PSP_IC'],
  [oid.rolePspCb, 'PSP_CB'],
  [oid.rolePspPa, 'PSP_PA'],
  [oid.roleVopRs, 'VOP_RS'],
  [oid.roleVopVs, 'VOP_VS'],
]);

/** The roles that open an interface to a TPP, by their object identifiers alone; each once. */
export function tppRolesOf(roles: readonly PspRole[]): readonly TppRole[] {
  return tppRoles.filter(([roleOid]) => roles.some((role) => role.oid === roleOid)).map(([, role]) => role);
}

/** Whether the subject is an international central bank or public authority, which no national authority supervises. */
export function isPublicBody(roles: readonly PspRole[]): boolean {
  return roles.some((role) => role.oid === oid.rolePspCb || role.oid === oid.rolePspPa);
}

const tppRoles: readonly (readonly [string, TppRole])[] = [
  [oid.rolePspPi, 'PSP_PI'],
  [oid.rolePspAi, 'PSP_AI'],
  [oid.rolePspIc, 'PSP_IC'],
];
