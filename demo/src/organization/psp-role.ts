import { oid } from '@postern/core/certificate/object-identifiers.js';

/** The roles that the demo QTSP certifies, with their OIDs (TS 119 495 clause 5.1) and the register's services for them. */
export const pspRoles = {
  PSP_AS: { oid: oid.rolePspAs, services: ['PS_010', 'PS_020', 'PS_03A'] },
  PSP_PI: { oid: oid.rolePspPi, services: ['PS_070'] },
  PSP_AI: { oid: oid.rolePspAi, services: ['PS_080'] },
  PSP_IC: { oid: oid.rolePspIc, services: ['PS_05A'] },
} as const;

export type PspRoleName = keyof typeof pspRoles;

export function isPspRoleName(text: string): text is PspRoleName {
  return Object.hasOwn(pspRoles, text);
}
