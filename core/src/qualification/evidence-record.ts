import { z } from 'zod';
import type { PathProblem } from '../trust/certification-path.js';
import type { ServiceCriterion } from '../trust/trust-service.js';
import { digestPattern } from './evidence-parts.js';

/**
 * Evidence as plain JSON: bytes in base64, times in RFC 3339; what is long and comes again may stand as its digest instead.
 * Strict: a member too many is a record of another version.
 */
export type EvidenceRecord = z.infer<typeof evidenceRecordSchema>;

const maximumCertificateText = 90_000;
const maximumAnswerText = 48 * 1024 * 1024;

const text = z.string().max(10_000);
const time = z.iso.datetime({ precision: 3 });
const digest = z.string().regex(digestPattern);
const certificate = z.union([digest, z.base64().max(maximumCertificateText)]);
const certificates = z.array(certificate).max(20);

/** As deep as a trusted list nests them, and no deeper. */
const criterion: z.ZodType<ServiceCriterion> = z.union([
  z.strictObject({
    kind: z.literal('key-usage'),
    bits: z.array(z.strictObject({ name: text, set: z.boolean() })).max(100),
  }),
  z.strictObject({
    kind: z.enum(['policies', 'key-purposes', 'subject-attributes']),
    identifiers: z.array(text).max(1_000),
  }),
  z.strictObject({
    kind: z.literal('list'),
    assert: z.enum(['all', 'atLeastOne', 'none']),
    criteria: z.array(z.lazy(() => criterion)).max(1_000),
  }),
  z.strictObject({ kind: z.literal('unknown'), name: text }),
]);

const serviceStatus = z.strictObject({
  status: text,
  startingAt: time,
  uses: z.array(z.enum(['website', 'seal', 'signature'])).max(3),
  unknownCriticalExtension: z.boolean(),
  /** Absent in records made before criteria were evaluated. */
  qualifications: z
    .array(z.strictObject({ qualifiers: z.array(text).max(100), criterion }))
    .max(1_000)
    .optional(),
});

export const trustServiceSchema = z.strictObject({
  territory: text,
  listSequence: z.int(),
  providerName: text,
  serviceName: text,
  serviceType: text,
  certificates,
  statuses: z.array(serviceStatus).max(1_000),
});

const pathProblem = z.enum({
  'no-issuer': 'no-issuer',
  signature: 'signature',
  'not-a-ca': 'not-a-ca',
  'path-length': 'path-length',
  'key-usage': 'key-usage',
  'name-constraints': 'name-constraints',
  'critical-extension': 'critical-extension',
  'duplicate-extension': 'duplicate-extension',
  'weak-algorithm': 'weak-algorithm',
  validity: 'validity',
  'too-long': 'too-long',
} satisfies { readonly [problem in PathProblem]: problem });

const listStatus = z.strictObject({
  territory: text,
  sequence: z.int(),
  issuedAt: time,
  nextUpdate: time.optional(),
  sha256: text,
  acceptedAt: time,
});

const source = { source: z.enum(['ocsp', 'crl']), address: text, receivedAt: time };

export const registerEntitySchema = z.strictObject({
  authority: text,
  nationalReference: text,
  entityCode: text,
  type: text,
  names: z.array(text).max(1_000),
  country: text,
  authorisationDates: z.array(text).max(1_000),
  services: z.record(z.string().regex(/^[A-Z]{2}$/), z.array(text).max(1_000)),
});

const registerCorrection = z.strictObject({
  authority: text,
  number: text,
  type: text.optional(),
  names: z.array(text).max(1_000),
  country: text,
  authorisationDates: z.array(text).max(1_000).optional(),
  services: z.record(z.string().regex(/^[A-Z]{2}$/), z.array(text).max(1_000)).optional(),
  source: text,
  reason: text,
  override: z.boolean(),
  expires: time.optional(),
});

export const evidenceRecordSchema = z.strictObject({
  use: z.enum(['website', 'seal']),
  certificate,
  mappedIdentifier: text.exactOptional(),
  presented: certificates,
  path: z.union([
    z.strictObject({ certificates, services: z.array(z.union([digest, trustServiceSchema])).max(100) }),
    z.strictObject({ problem: pathProblem, detail: text }),
  ]),
  trust: z.union([
    z.strictObject({ available: z.literal(true), version: text, lists: z.array(listStatus).max(100) }),
    z.strictObject({ available: z.literal(false), reason: text }),
  ]),
  revocation: z
    .array(
      z.union([
        z.strictObject({ ...source, bytes: z.union([digest, z.base64().max(maximumAnswerText)]) }),
        z.strictObject({ ...source, failure: text }),
      ]),
    )
    .max(100),
  register: z.union([
    z.strictObject({
      available: z.literal(true),
      version: text,
      publishedAt: time,
      candidates: z.array(z.union([digest, registerEntitySchema])).max(100),
      corrections: z.array(registerCorrection).max(100).exactOptional(),
    }),
    z.strictObject({ available: z.literal(false), reason: text }),
  ]),
});
