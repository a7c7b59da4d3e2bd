import { createHash } from 'node:crypto';

declare const noted: unique symbol;

/**
 * What may be said of a request outside of its answer: in a log, a trace, a figure or the audit. Made by the functions of this file and by
 * nothing else, so that no text that somebody sent can stand in one.
 */
export type Note = string & { readonly [noted]: true };

/** Words of our own: a literal of the source text, and no text that is known only at run time. */
export function noteWords<const Words extends string>(words: string extends Words ? never : Words): Note {
  return words as string as Note;
}

/** An identifier that a register or this server has given, or the name of a header: plain characters without spaces, at most 100. */
export function noteName(name: string): Note {
  return (/^[\w.:+/-]{1,100}$/.test(name) ? name : `(${name.length} characters)`) as Note;
}

/** How long something is, in octets. */
export function noteSize(octets: number): Note {
  return `${octets} octets` as Note;
}

/** The SHA-256 of a text in UTF-8, base64url: whoever has the text can compare, and nobody can read it. */
export function noteDigest(text: string): Note {
  return `sha256:${createHash('sha256').update(text).digest('base64url')}` as Note;
}
