import type { SettingName, Settings } from '../profile/settings.js';
import type { Terminal } from '../terminal/terminal.js';

/** An option of one command, beside the settings of the profile. */
export interface CommandOption {
  readonly name: string;
  /** How its value is named in the help; a switch has none. */
  readonly value?: string;
  readonly text: string;
}

/** One subcommand of `tpp`. */
export interface Command {
  /** One or two words. */
  readonly name: string;
  readonly summary: string;
  /** What stands after the name without an option, e.g. "METHOD PATH". */
  readonly operands?: string;
  readonly settings: readonly SettingName[];
  readonly options: readonly CommandOption[];
  readonly run: (call: CommandCall) => Promise<CommandResult>;
}

/** A command as it was typed, with the profile it runs under. */
export interface CommandCall {
  readonly profileFile: string;
  /** Profile and command line together; the command line wins. */
  readonly settings: Settings;
  readonly options: Readonly<Record<string, string | true>>;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly clock: () => Date;
}

/** What a command leaves behind; `--json` prints `json`, otherwise `lines` and `next` are for people. */
export interface CommandResult {
  readonly json: unknown;
  readonly lines: readonly string[];
  /** The step to take now. */
  readonly next?: string;
  /** Settings learnt, to be kept in the profile. */
  readonly learnt?: Settings;
  /** Settings that no longer mean anything, to be taken out of the profile. */
  readonly forgotten?: readonly SettingName[];
  readonly exitCode?: number;
}
