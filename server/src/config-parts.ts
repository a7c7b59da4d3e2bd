import { z } from 'zod';

/** A secret or certificate by reference: the value itself never stands in the configuration. */
export const reference = z.union([
  z.strictObject({ file: z.string().min(1) }),
  z.strictObject({ env: z.string().min(1) }),
]);

/** A file that holds what is named, relative to the configuration. */
export const file = z.strictObject({ file: z.string().min(1) });
