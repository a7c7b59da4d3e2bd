import { z } from 'zod';

/** What was in force last, kept apart from the list itself so that nothing goes back when the list is lost. */
export interface ListFloor {
  readonly sequence: number;
  readonly issuedAt: Date;
  /** Services whatever their status, or territories pointed to. */
  readonly entries: number;
  /** Those for website certificates. */
  readonly websites: number;
  /** For the list of lists: the pivots followed, and the notice that was first seen or entered. */
  readonly pivots: readonly number[];
  readonly journalAddress: string | undefined;
}

const schema = z.strictObject({
  sequence: z.int().positive(),
  issuedAt: z.coerce.date(),
  entries: z.int().nonnegative(),
  websites: z.int().nonnegative(),
  pivots: z.array(z.int()).max(100),
  journalAddress: z.string().max(500).optional(),
});

/** Undefined when it is not one. */
export function parseListFloor(octets: Uint8Array): ListFloor | undefined {
  try {
    const { journalAddress, ...floor } = schema.parse(JSON.parse(new TextDecoder().decode(octets)));
    return { ...floor, journalAddress };
  } catch {
    return undefined;
  }
}

/** As it is kept on disk. */
export function renderListFloor(floor: ListFloor): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(floor, null, 2)}\n`);
}
