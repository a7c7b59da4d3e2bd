/** What a command writes to: results on `out`, everything else on `err`, colour only where a person looks. */
export interface Terminal {
  readonly json: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: Paint;
  /** Asks whoever sits there; undefined where nobody does. */
  readonly ask?: (question: string) => Promise<string>;
}

export type Tone = 'good' | 'bad' | 'warn' | 'faint' | 'strong';

export type Paint = (tone: Tone, text: string) => string;

const codes: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  warn: [33, 39],
  faint: [2, 22],
  strong: [1, 22],
};

/** Colours text where colour is wanted, and leaves it alone otherwise. */
export function createPaint(colour: boolean): Paint {
  return (tone, text) => (colour ? `\x1b[${codes[tone][0]}m${text}\x1b[${codes[tone][1]}m` : text);
}

/** Rows of two columns, the second aligned. */
export function alignRows(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd());
}

/** A secret as it may be shown: that it is there, never what it is. */
export function shorten(secret: string): string {
  return `${secret.slice(0, 4)}… (${secret.length} characters)`;
}
