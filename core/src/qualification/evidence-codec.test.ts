import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createTestQtsp,
  gatherEvidence,
  issueCrl,
  issueQualified,
} from '../../../tests/material/issue-qualified-evidence.js';
import { after, now, policy } from '../../../tests/material/qualification-evidence.js';
import { oid } from '../certificate/object-identifiers.js';
import { Refusal } from '../refusal/refusal.js';
import type { Evidence } from './evidence.js';
import { decodeEvidence, encodeDecision, encodeEvidence } from './evidence-codec.js';
import { qualify } from './qualify.js';
import { replayDecision } from './replay-decision.js';

const qtsp = createTestQtsp();
const good = gatherEvidence(qtsp, issueQualified(qtsp));
const unreachable = { source: 'ocsp', address: 'http://ocsp.example/', receivedAt: now, failure: 'time-out' } as const;
const crl = { source: 'crl', address: 'http://crl.example/', receivedAt: now, bytes: issueCrl(qtsp) } as const;

const cases: readonly [string, Evidence][] = [
  ['good', good],
  ['a seal', { ...good, use: 'seal' }],
  ['expired, with flat roles', gatherEvidence(qtsp, issueQualified(qtsp, { notAfter: after(-1), flatRoles: true }))],
  ['not qualified', gatherEvidence(qtsp, issueQualified(qtsp, { qcType: oid.qcTypeEseal, ncaId: 'DE-BAFIN' }))],
  ['no path', { ...good, path: { problem: 'no-issuer', detail: 'nobody' } }],
  [
    'nothing to judge by',
    {
      ...good,
      trust: { available: false, reason: 'none' },
      register: { available: false, reason: 'none' },
      revocation: [],
    },
  ],
  ['rescued by a CRL', { ...good, revocation: [unreachable, crl] }],
  ['with entries of other sources', withCorrections(good)],
  ['closed list', { ...good, trust: { available: true, version: 'v', lists: [] } }],
];

function withCorrections(evidence: Evidence): Evidence {
  const { register } = evidence;
  if (!register.available) return evidence;
  const [candidate] = register.candidates;
  const authority = candidate?.authority ?? '';
  const number = candidate?.nationalReference ?? '';
  const silent = { authority, number, names: [], country: '', source: 'REGAFI', reason: '', override: false };
  const statement = {
    ...silent,
    type: undefined,
    authorisationDates: undefined,
    services: undefined,
    expires: undefined,
  };
  const whole = {
    type: 'PSD_PI',
    authorisationDates: ['2019-03-01'],
    services: { FR: ['PS_080'] },
    expires: after(60),
  };
  return { ...evidence, register: { ...register, corrections: [statement, { ...silent, ...whole }] } };
}

function throughJson(record: unknown): unknown {
  return JSON.parse(JSON.stringify(record));
}

describe('encodeEvidence and decodeEvidence', () => {
  it.each(cases)('%s: comes back as it went', (_, evidence) => {
    expect(decodeEvidence(throughJson(encodeEvidence(evidence)))).toEqual(evidence);
  });

  it('keeps a closed list closed', () => {
    const lists = good.trust.available ? good.trust.lists.map((list) => ({ ...list, nextUpdate: undefined })) : [];
    const closed: Evidence = { ...good, trust: { available: true, version: 'v', lists } };
    expect(decodeEvidence(throughJson(encodeEvidence(closed)))).toEqual(closed);
  });

  it.each([
    ['nothing', undefined],
    ['a member too many', { ...encodeEvidence(good), more: 1 }],
    ['bytes that are not base64', { ...encodeEvidence(good), certificate: 'not base64!' }],
    ['bytes that are no certificate', { ...encodeEvidence(good), certificate: 'AAAA' }],
    [
      'a time that is none',
      { ...encodeEvidence(good), register: { available: true, version: '', publishedAt: 'today', candidates: [] } },
    ],
    ['an unknown path problem', { ...encodeEvidence(good), path: { problem: 'other', detail: '' } }],
  ])('refuses %s', (_, record) => {
    expect(() => decodeEvidence(record)).toThrow(Refusal);
  });

  it('throws nothing but Refusal, whatever stands in a member', () => {
    const record = encodeEvidence(good);
    const members = Object.keys(record) as (keyof typeof record)[];
    fc.assert(
      fc.property(fc.constantFrom(...members), fc.anything(), (member, value) => {
        try {
          decodeEvidence({ ...record, [member]: value });
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

describe('replayDecision', () => {
  it.each(cases)('%s: the recorded evidence gives the recorded findings', (_, evidence) => {
    const decided = qualify(evidence, policy, now);
    const record = throughJson(encodeDecision({ evidence, policy, qualification: decided }));
    const replayed = replayDecision(record);
    expect(replayed.findings).toEqual(decided.findings);
    expect(replayed).toEqual(decided);
    expect(record).toMatchObject({ outcome: replayed.outcome, findings: replayed.findings });
  });

  it('holds at any time and under any policy', () => {
    const seconds = fc.integer({ min: -86_400 * 800, max: 86_400 * 800 });
    const policies = fc.record({
      clockSkewSeconds: fc.integer({ min: 0, max: 60 }),
      staleListGraceSeconds: fc.integer({ min: 0, max: 1_000_000 }),
      statusMaxAgeSeconds: fc.integer({ min: 0, max: 100_000 }),
      hostCountry: fc.constantFrom('FR', 'BE', 'DE'),
    });
    fc.assert(
      fc.property(fc.constantFrom(...cases), seconds, policies, ([, evidence], offset, chosen) => {
        const decided = qualify(evidence, chosen, after(offset));
        expect(
          replayDecision(throughJson(encodeDecision({ evidence, policy: chosen, qualification: decided }))),
        ).toEqual(decided);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['nothing', undefined],
    [
      'no policy',
      { ...encodeDecision({ evidence: good, policy, qualification: qualify(good, policy, now) }), policy: {} },
    ],
  ])('refuses %s', (_, record) => {
    expect(() => replayDecision(record)).toThrow(Refusal);
  });
});
