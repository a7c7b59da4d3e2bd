import { settings } from '../profile/settings.js';
import { alignRows } from '../terminal/terminal.js';
import type { Command } from './command.js';

const always: readonly (readonly [string, string])[] = [
  ['--profile FILE', 'Where settings are kept (default tpp.json)'],
  ['--json', 'Print JSON'],
  ['--help', 'Print this'],
];

/** The help of one command. */
export function renderCommandHelp(command: Command): readonly string[] {
  const own = command.options.map(
    ({ name, value, text }) => [value === undefined ? `--${name}` : `--${name} ${value}`, text] as const,
  );
  const kept = command.settings.map(
    (name) => [`--${settings[name].option} ${settings[name].value}`, settings[name].text] as const,
  );
  return [
    command.summary,
    '',
    `Usage: tpp ${[command.name, command.operands, '[options]'].filter((part) => part !== undefined).join(' ')}`,
    ...renderSection('Options', own),
    ...renderSection('Settings, kept in the profile', kept),
    ...renderSection('Everywhere', always),
  ];
}

/** The help of `tpp` itself. */
export function renderOverview(commands: readonly Command[]): readonly string[] {
  return [
    "A third party's way through the door of a bank: keys, certificates, registration, tokens, signed calls.",
    '',
    'Usage: tpp COMMAND [options]',
    ...renderSection(
      'Commands, in the order of use',
      commands.map(({ name, summary }) => [name, summary] as const),
    ),
    '',
    'Exit codes: 0 done; 1 refused, or a step did not hold; 2 wrong usage; 3 not reachable.',
    'Settings are kept in tpp.json, or in the file that --profile names: give each thing once.',
  ];
}

function renderSection(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', title, ...alignRows(rows).map((row) => `  ${row}`)];
}
