import type { RegisterEntity } from './register-entity.js';
import type { TppRole } from './tpp-role.js';

/**
 * The TPP roles that the register allows an institution in a country (PSD2 annex I: service 7 payment initiation,
 * 8 account information, 5 issuing instruments). None where the country is neither its home nor a passported state.
 */
export function rolesForServices(entity: RegisterEntity, country: string): readonly TppRole[] {
  const services = Object.hasOwn(entity.services, country) ? entity.services[country] : undefined;
  const isHome = country === homeCountry(entity);
  if (services === undefined && !isHome) return [];
  return tppRoles.filter((role) => allows(entity.type, services ?? [], role));
}

/** Country of residence; where the register leaves it out, the country of the authority. */
export function homeCountry(entity: RegisterEntity): string {
  return entity.country === '' ? entity.authority.slice(0, 2) : entity.country;
}

function allows(type: string, services: readonly string[], role: TppRole): boolean {
  return services.includes(serviceOfRole[role]) || typesThatImply[role].includes(type);
}

const tppRoles: readonly TppRole[] = ['PSP_PI', 'PSP_AI', 'PSP_IC'];
const serviceOfRole: Readonly<Record<TppRole, string>> = { PSP_PI: 'PS_070', PSP_AI: 'PS_080', PSP_IC: 'PS_05A' };
/** A credit institution may do all of them when it acts as a TPP (EBA-Op-2018-7). */
const typesThatImply: Readonly<Record<TppRole, readonly string[]>> = {
  PSP_PI: ['CRD_CRE_INS'],
  PSP_AI: ['PSD_AISP', 'CRD_CRE_INS'],
  PSP_IC: ['PSD_EMI', 'CRD_CRE_INS'],
};
