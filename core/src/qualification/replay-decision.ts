import { z } from 'zod';
import { Refusal } from '../refusal/refusal.js';
import { decodeEvidence } from './evidence-codec.js';
import type { EvidenceParts } from './evidence-parts.js';
import type { Qualification } from './qualification.js';
import { qualify } from './qualify.js';

/**
 * Decides again from what was recorded, as of then. With the rules of the recording version the findings are the recorded
 * ones; what differs is what the rules have learnt since. Refuses (REQUEST_MALFORMED) a record that does not have its form, and
 * one that names parts which are not there or are not what they were.
 */
export function replayDecision(record: unknown, parts: EvidenceParts = new Map()): Qualification {
  const parsed = replaySchema.safeParse(record);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Refusal('REQUEST_MALFORMED', 'The record of a decision does not have its form.', { problems });
  }
  const { evidence, policy, at } = parsed.data;
  return qualify(decodeEvidence(evidence, parts), policy, new Date(at));
}

const seconds = z.number().min(0).finite();
const replaySchema = z.object({
  evidence: z.unknown(),
  policy: z.strictObject({
    clockSkewSeconds: seconds,
    staleListGraceSeconds: seconds,
    statusMaxAgeSeconds: seconds,
    statusGraceSeconds: seconds.exactOptional(),
    hostCountry: z.string().max(10),
    passporting: z.enum(['warn', 'refuse']).exactOptional(),
    registerWarnAgeSeconds: seconds.exactOptional(),
    registerMaxAgeSeconds: seconds.exactOptional(),
    testAuthority: z.string().max(20).exactOptional(),
  }),
  at: z.iso.datetime({ precision: 3 }),
});
