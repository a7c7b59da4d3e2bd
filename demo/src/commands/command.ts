import { type ParseArgsConfig, parseArgs } from 'node:util';
import { DemoError } from '../demo-error.js';

/** One subcommand of `demo`. */
export interface Command {
  readonly summary: string;
  readonly help: string;
  readonly run: (args: readonly string[]) => Promise<void>;
}

type Options = NonNullable<ParseArgsConfig['options']>;

export const DEFAULT_DATA_DIRECTORY = '.postern';

/** Reads options; throws DemoError for what is unknown, or has a value where none belongs. */
export function readOptions<const T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new DemoError((error as Error).message, { usage: true });
  }
}

/** An option that must be there. */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') {
    throw new DemoError(`--${option} is missing`, { usage: true });
  }
  return value;
}

/** --port-base: the first of the ports that are used one after the other. */
export function parsePortBase(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const base = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (base < 1 || base > 65_530) {
    throw new DemoError('--port-base must be a number from 1 to 65530', { usage: true });
  }
  return base;
}
