/**
 * Whether an EntityType of a register is an institution that can itself be a TPP: authorised (PI, EMI), registered (exempted
 * PI, AISP, exempted EMI), or a credit institution. Agents and branches act under their principal's identity; exclusions and
 * institutions entitled under national law hold no PSD2 authorisation.
 */
export function isInstitution(entityType: string): boolean {
  return institutionTypes.has(entityType);
}

/** Whether an EntityType is that of a credit institution, which the payment institutions register never holds. */
export function isCreditInstitution(entityType: string): boolean {
  return entityType === 'CRD_CRE_INS';
}

const institutionTypes: ReadonlySet<string> = new Set([
  'PSD_PI',
  'PSD_EMI',
  'PSD_AISP',
  'PSD_EPI',
  'PSD_EEMI',
  'CRD_CRE_INS',
]);
