import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createTestQtsp,
  gatherEvidence,
  issueCrl,
  issueQualified,
} from '../../../tests/material/issue-qualified-evidence.js';
import { now, policy } from '../../../tests/material/qualification-evidence.js';
import { Refusal } from '../refusal/refusal.js';
import type { Evidence } from './evidence.js';
import { encodeDecision } from './evidence-codec.js';
import { collectParts } from './evidence-parts.js';
import { qualify } from './qualify.js';
import { replayDecision } from './replay-decision.js';

const qtsp = createTestQtsp();
const gathered = gatherEvidence(qtsp, issueQualified(qtsp));
const crl = { source: 'crl', address: 'http://crl.example/', receivedAt: now, bytes: issueCrl(qtsp) } as const;
const evidence: Evidence = { ...gathered, revocation: [...gathered.revocation, crl] };
const decided = qualify(evidence, policy, now);

function record() {
  const { writer, parts } = collectParts();
  const whole = encodeDecision({ evidence, policy, qualification: decided }, writer);
  return { record: JSON.parse(JSON.stringify(whole)) as typeof whole, parts: new Map(parts) };
}

describe('a record with its parts kept apart', () => {
  it('replays to the same findings', () => {
    const { record: whole, parts } = record();
    expect(replayDecision(whole, parts)).toEqual(decided);
  });

  it('holds no octets itself, and each of them once beside it, under their SHA-256', () => {
    const { record: whole, parts } = record();
    const text = JSON.stringify(whole.evidence);
    for (const octets of [evidence.certificate.der, qtsp.certificate.der, crl.bytes])
      expect(text).not.toContain(Buffer.from(octets).toString('base64'));
    expect(text.length).toBeLessThan(3_000);
    for (const [digest, octets] of parts) expect(createHash('sha256').update(octets).digest('hex')).toBe(digest);
    expect([...parts.values()].filter((octets) => octets === crl.bytes)).toHaveLength(1);
  });

  it('names the same parts for the same evidence', () => {
    expect([...record().parts.keys()]).toEqual([...record().parts.keys()]);
  });

  it('is refused, with the digest, when any part is missing', () => {
    for (const digest of record().parts.keys()) {
      const { record: whole, parts } = record();
      parts.delete(digest);
      expect(() => replayDecision(whole, parts)).toThrow(`Evidence sha256:${digest} is missing.`);
    }
  });

  it('is refused when any octet of any part is another', () => {
    const { record: whole, parts } = record();
    const place = fc.constantFrom(...parts.keys()).chain((digest) =>
      fc.record({
        digest: fc.constant(digest),
        at: fc.nat((parts.get(digest)?.length ?? 1) - 1),
        change: fc.integer({ min: 1, max: 255 }),
      }),
    );
    fc.assert(
      fc.property(place, ({ digest, at, change }) => {
        const altered = Uint8Array.from(parts.get(digest) ?? []);
        altered[at] = (altered[at] ?? 0) ^ change;
        const replay = () => replayDecision(whole, new Map([...parts, [digest, altered]]));
        expect(replay).toThrow(Refusal);
        expect(replay).toThrow('has been altered');
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when a digest stands for a part of another kind', () => {
    const { record: whole, parts } = record();
    const { path, certificate } = whole.evidence;
    if (!('services' in path)) throw new Error('no path');
    const mixed = { ...whole, evidence: { ...whole.evidence, path: { ...path, services: [certificate] } } };
    expect(() => replayDecision(mixed, parts)).toThrow(Refusal);
  });
});
