import { z } from 'zod';

/** A certification request as it comes: its own parser says what is wrong with it. */
export const csr = z.string().min(1).max(32_768);

/** No control characters, nothing that turns the direction of writing, nothing that cannot be seen. */
const plain = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}]+$/u;

const serial_number = z.string().regex(/^[0-9a-f]{2,40}$/, 'must be hexadecimal in lower case');

/** CRLReason (RFC 5280 section 5.3.1) that an owner may give, by number. */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
} as const;

/** Everything that is sent to the sandbox's interface for test certificates, by what it is for. */
export const sandboxForms = {
  application: z.strictObject({
    organization_name: z.string().trim().min(1).max(64).regex(plain, 'holds characters that are not for names'),
    contact: z.email().max(254),
    roles: z
      .array(z.enum(['PSP_AI', 'PSP_PI', 'PSP_IC']))
      .min(1)
      .max(3)
      .refine((roles) => new Set(roles).size === roles.length, 'names a role twice'),
    website_csr: csr,
    seal_csr: csr,
  }),
  renewal: z
    .strictObject({ website_csr: csr.optional(), seal_csr: csr.optional() })
    .refine((body) => body.website_csr !== undefined || body.seal_csr !== undefined, 'must name a request'),
  revocation: z.strictObject({
    serial_number,
    reason: z.enum(Object.keys(revocationReasons) as [keyof typeof revocationReasons]),
  }),
  release: z.strictObject({ serial_number }),
  standing: z.strictObject({ state: z.enum(['active', 'suspended', 'withdrawn']) }),
  nothing: z.strictObject({}),
} as const;
