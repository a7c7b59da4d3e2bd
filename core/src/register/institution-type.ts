/**
 * Whether an EntityType of the register is an institution that can itself be a TPP: authorised (PI, EMI) or registered
 * (exempted PI, AISP, exempted EMI). Agents and branches act under their principal's identity; exclusions and
 * institutions entitled under national law hold no PSD2 authorisation.
 */
export function isInstitution(entityType: string): boolean {
  return institutionTypes.has(entityType);
}

const institutionTypes: ReadonlySet<string> = new Set(['PSD_PI', 'PSD_EMI', 'PSD_AISP', 'PSD_EPI', 'PSD_EEMI']);
