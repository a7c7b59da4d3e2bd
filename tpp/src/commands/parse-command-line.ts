import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type SettingName, type Settings, settingOfOption, settings } from '../profile/settings.js';
import { UsageFault } from '../profile/usage-fault.js';
import type { Command } from './command.js';

/** What was typed after the name of a command. */
export interface CommandLine {
  readonly settings: Settings;
  readonly options: Readonly<Record<string, string | true>>;
  readonly operands: readonly string[];
  readonly profileFile: string;
  readonly json: boolean;
  readonly help: boolean;
}

/** Reads the options of a command; throws UsageFault that names the option. */
export function parseCommandLine(command: Command, words: readonly string[]): CommandLine {
  const { values, positionals } = parseWords(command, words);
  const given: Partial<Record<SettingName, string>> = {};
  const options: Record<string, string | true> = {};
  for (const [name, value] of Object.entries(values)) {
    const setting = settingOfOption(name);
    if (setting !== undefined && command.settings.includes(setting) && typeof value === 'string')
      given[setting] = value;
    else if (typeof value === 'string' || value === true) options[name] = value;
  }
  const wanted = command.operands === undefined ? 0 : command.operands.split(' ').length;
  if (positionals.length > wanted) throw new UsageFault(`"${positionals[wanted]}" is not expected here`);
  const profileFile = typeof options['profile'] === 'string' ? options['profile'] : 'tpp.json';
  return {
    settings: given,
    options,
    operands: positionals,
    profileFile,
    json: options['json'] === true,
    help: options['help'] === true,
  };
}

function parseWords(command: Command, words: readonly string[]) {
  const known: NonNullable<ParseArgsConfig['options']> = {
    profile: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  };
  for (const name of command.settings) known[settings[name].option] = { type: 'string' };
  for (const option of command.options)
    known[option.name] = { type: option.value === undefined ? 'boolean' : 'string' };
  try {
    return parseArgs({ args: [...words], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's message goes on with advice about positional arguments.
    throw new UsageFault(String(error instanceof Error ? error.message : error).replace(/\. .*$/s, ''));
  }
}
