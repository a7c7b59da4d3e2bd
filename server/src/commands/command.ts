/** One subcommand of `postern`. `run` answers the exit code. */
export interface Command {
  readonly summary: string;
  readonly help: string;
  readonly run: (parameters: readonly string[]) => Promise<number>;
}

/** Something wrong with how a command was called; shown without a stack. */
export class UsageError extends Error {}
