/** A reason as it was typed, and whether it may be told to others. */
export interface ParsedReason {
  /** Undefined when nothing was typed. */
  readonly reason: string | undefined;
  readonly isReadable: boolean;
}

/** No control characters, nothing that turns the direction of writing, nothing that cannot be seen. */
const plain = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}]*$/u;

/** Reads the reason of a form: its lines are run together. */
export function parseReason(typed: string, longest: number): ParsedReason {
  const lines = typed.split(/[\r\n]/).map((line) => line.trim());
  const text = lines.filter((line) => line !== '').join(' ');
  return { reason: text === '' ? undefined : text, isReadable: text.length <= longest && plain.test(text) };
}
