import { describe, expect, it } from 'vitest';
import {
  answerOcsp,
  createTestQtsp,
  gatherEvidence,
  issueCrl,
  issueQualified,
} from '../../../../tests/material/issue-qualified-evidence.js';
import { after, goodEvidence, now, policy } from '../../../../tests/material/qualification-evidence.js';
import type { RevocationAnswer } from '../../revocation/revocation-answer.js';
import type { Evidence } from '../evidence.js';
import { revocationNotRevoked } from './revocation-not-revoked.js';
import { revocationStatusKnown } from './revocation-status-known.js';

const qtsp = createTestQtsp();
const certificate = issueQualified(qtsp);
const base = gatherEvidence(qtsp, certificate);
const stranger = createTestQtsp('Autre QTSP');

function ocsp(status: 'good' | 'revoked' | 'unknown'): RevocationAnswer {
  return {
    source: 'ocsp',
    address: 'http://ocsp.example/',
    receivedAt: now,
    bytes: answerOcsp(qtsp, certificate, status),
  };
}

function crl(...revoked: readonly string[]): RevocationAnswer {
  return { source: 'crl', address: 'http://crl.example/', receivedAt: now, bytes: issueCrl(qtsp, revoked) };
}

const unreachable: RevocationAnswer = {
  source: 'ocsp',
  address: 'http://ocsp.example/',
  receivedAt: now,
  failure: 'time-out',
};
const forged: RevocationAnswer = { ...ocsp('good'), bytes: answerOcsp(stranger, certificate) } as RevocationAnswer;
const garbage: RevocationAnswer = { ...ocsp('good'), bytes: new Uint8Array([1, 2, 3]) } as RevocationAnswer;

function outcomes(revocation: readonly RevocationAnswer[], at = now) {
  const evidence: Evidence = { ...base, revocation };
  return [revocationNotRevoked, revocationStatusKnown].map((rule) => rule.judge(evidence, policy, at).outcome);
}

describe('revocation.not-revoked and revocation.status-known', () => {
  it.each<[string, readonly RevocationAnswer[], readonly string[]]>([
    ['OCSP good', [ocsp('good')], ['pass', 'pass']],
    ['OCSP revoked (C26)', [ocsp('revoked')], ['fail', 'not-applicable']],
    ['OCSP unknown (C27)', [ocsp('unknown')], ['pass', 'indeterminate']],
    ['OCSP unknown, CRL good (C27)', [ocsp('unknown'), crl()], ['pass', 'pass']],
    ['OCSP unreachable, CRL good (C28)', [unreachable, crl('07')], ['pass', 'pass']],
    ['OCSP unreachable', [unreachable], ['pass', 'indeterminate']],
    ['OCSP good, CRL revoked', [ocsp('good'), crl(certificate.serialNumber)], ['fail', 'not-applicable']],
    ['OCSP of another authority (C31, C32)', [forged], ['pass', 'indeterminate']],
    ['OCSP that is none', [garbage], ['pass', 'indeterminate']],
    ['nothing', [], ['pass', 'indeterminate']],
  ])('%s', (_, answers, expected) => {
    expect(outcomes(answers)).toEqual(expected);
  });

  it('an answer does not outlive its nextUpdate (C33)', () => {
    expect(outcomes([ocsp('good')], after(3599))).toEqual(['pass', 'pass']);
    expect(outcomes([ocsp('good')], after(3601))).toEqual(['pass', 'indeterminate']);
  });

  it('an answer counts longer by the grace of the policy only, with a warning (C29)', () => {
    const judgeLate = (seconds: number, answers: readonly RevocationAnswer[], graceSeconds = 600) => {
      const graceful = { ...policy, statusGraceSeconds: graceSeconds };
      const evidence: Evidence = { ...base, revocation: answers };
      return revocationStatusKnown.judge(evidence, graceful, after(seconds)).outcome;
    };
    expect(judgeLate(3599, [ocsp('good'), unreachable])).toBe('pass');
    expect(judgeLate(3601, [ocsp('good'), unreachable])).toBe('warn');
    expect(judgeLate(4199, [ocsp('good')])).toBe('warn');
    expect(judgeLate(4201, [ocsp('good')])).toBe('indeterminate');
    expect(judgeLate(3601, [ocsp('good')], 0)).toBe('indeterminate');
    expect(judgeLate(3601, [ocsp('unknown')])).toBe('indeterminate');
    expect(judgeLate(3601, [unreachable])).toBe('indeterminate');
  });

  it('no grace makes a revocation good, or an answer of somebody else (C26, C31)', () => {
    const graceful = { ...policy, statusGraceSeconds: 600 };
    const judgeAll = (answers: readonly RevocationAnswer[]) => {
      const evidence: Evidence = { ...base, revocation: answers };
      return [revocationNotRevoked, revocationStatusKnown].map(
        (rule) => rule.judge(evidence, graceful, after(3601)).outcome,
      );
    };
    expect(judgeAll([ocsp('good'), crl(certificate.serialNumber)])).not.toContain('pass');
    expect(judgeAll([forged])[1]).toBe('indeterminate');
  });

  it('says why no answer counted', () => {
    const { found } = revocationStatusKnown.judge({ ...base, revocation: [unreachable, garbage] }, policy, now);
    expect(found).toContain('time-out');
    expect(found).toContain('cannot be read');
  });

  it('have nothing to say without a path, and nothing good about a path of one', () => {
    const pathless: Evidence = { ...goodEvidence, path: { problem: 'no-issuer', detail: '' } };
    expect(revocationNotRevoked.judge(pathless, policy, now).outcome).toBe('not-applicable');
    expect(revocationStatusKnown.judge(pathless, policy, now).outcome).toBe('not-applicable');
    const alone: Evidence = { ...base, path: { certificates: [certificate], services: [] } };
    expect(revocationStatusKnown.judge(alone, policy, now).outcome).toBe('indeterminate');
  });
});
