import { type SettingName, type Settings, settings } from '../profile/settings.js';
import { UsageFault } from '../profile/usage-fault.js';

/** The value of a setting that a command cannot do without. */
export function requireSetting(values: Settings, name: SettingName): string {
  const value = values[name];
  if (value !== undefined && value !== '') return value;
  const { option, text } = settings[name];
  throw new UsageFault(`--${option} is needed: ${text}`);
}
