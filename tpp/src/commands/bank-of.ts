import type { Bank, Environment } from '../bank/bank.js';
import type { Settings } from '../profile/settings.js';
import { UsageFault } from '../profile/usage-fault.js';
import { requireSetting } from './require-setting.js';

/** The bank that the settings name. */
export function bankOf(values: Settings): Bank {
  const apiUrl = requireSetting(values, 'baseUrl');
  if (!URL.canParse(apiUrl) || new URL(apiUrl).protocol !== 'https:')
    throw new UsageFault('--base-url must be an https address');
  return {
    apiUrl: new URL(apiUrl).origin,
    brand: requireSetting(values, 'brand'),
    environment: parseEnvironment(values.environment ?? 'production'),
    apiVersion: values.apiVersion ?? 'v1',
  };
}

/** The same as the place of the registration: the brand, or where it was registered for all brands. */
export function registrationPlaceOf(values: Settings): Bank {
  return { ...bankOf(values), brand: values.registeredAt ?? requireSetting(values, 'brand') };
}

/** "production" or "sandbox"; UsageFault for anything else. */
export function parseEnvironment(text: string): Environment {
  if (text === 'production' || text === 'sandbox') return text;
  throw new UsageFault(`--environment is "${text}"; it must be production or sandbox`);
}
