/** What somebody of the bank should know on entering the console. */
export interface ConsoleStartView {
  readonly waiting: { readonly requests: number; readonly names: number; readonly feedback: number };
  readonly alarms: readonly ConsoleAlarm[];
  readonly parts: readonly ConsolePart[];
  readonly at: Date;
}

export interface ConsoleAlarm {
  readonly kind: 'trusted-list' | 'list-of-lists-signer' | 'register' | 'register-conflict';
  /** In English: it quotes what was read. */
  readonly text: string;
}

/** Something that the server depends on. */
export interface ConsolePart {
  readonly name: 'store' | 'trusted lists' | 'register';
  readonly state: 'ok' | 'stale' | 'failed';
  /** In English. */
  readonly detail?: string | undefined;
}
