import { z } from 'zod';

const longest = 80;

/** A name that a payment service user can read and that cannot rearrange or hide what stands beside it (UTR 36). */
export const clientNameSchema = z.string({ error: 'must be given as text' }).check((context) => {
  for (const [isBroken, message] of rules) {
    if (isBroken(context.value)) context.issues.push({ code: 'custom', message, input: context.value });
  }
});

const rules: readonly (readonly [(name: string) => boolean, string])[] = [
  [(name) => [...name].length > longest, `must have at most ${longest} characters`],
  [(name) => !/[\p{L}\p{N}]/u.test(name), 'must hold a letter or a digit'],
  [
    (name) => /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(name),
    'must not hold control, bidirectional, zero-width or unassigned characters',
  ],
  [
    (name) => /(?! )\p{Zs}/u.test(name) || /^ | $| {2}/.test(name),
    'must be separated by single, ordinary spaces, with none at its ends',
  ],
  [(name) => /\p{M}{3}/u.test(name), 'must not pile up combining marks'],
  [(name) => name.normalize('NFC') !== name, 'must be in Unicode normalization form C'],
];
