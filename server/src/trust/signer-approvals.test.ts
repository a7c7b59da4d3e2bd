import { describe, expect, it } from 'vitest';
import {
  type ApprovedSet,
  approve,
  chooseSigners,
  fingerprintOf,
  parseApprovals,
  renderApprovals,
  type SignerSet,
} from './signer-approvals.js';

const old: SignerSet = { certificates: [Uint8Array.of(1), Uint8Array.of(2)], officialJournal: 'https://oj.example/1' };
const next: SignerSet = { certificates: [Uint8Array.of(3)], officialJournal: 'https://oj.example/2' };

function approvedBy(sets: readonly ApprovedSet[], set: SignerSet, ...people: readonly string[]) {
  return people.reduce((known, by) => approve(known, set, { by, at: '2026-11-22T10:00:00Z' }) ?? known, sets);
}

describe('the signers of the list of lists [U10]', () => {
  it('count at once where nobody need approve them', () => {
    expect(chooseSigners(old, [], 0)).toEqual({ ...old, waiting: undefined });
  });

  it('count for nobody until two people have approved them', () => {
    const one = approvedBy([], old, 'Ada');
    expect(chooseSigners(old, one, 2)).toMatchObject({ certificates: [], waiting: expect.stringContaining('1 of 2') });
    expect(chooseSigners(old, approvedBy(one, old, 'Grace'), 2)).toEqual({ ...old, waiting: undefined });
  });

  it('are not approved twice by one person, however the name is written', () => {
    const one = approvedBy([], old, 'Ada');
    expect(approve(one, old, { by: ' ADA ', at: '2026-11-22T10:00:00Z' })).toBeUndefined();
  });

  it('stay the ones approved before while new ones wait', () => {
    const sets = approvedBy(approvedBy([], old, 'Ada', 'Grace'), next, 'Ada');
    expect(chooseSigners(next, sets, 2)).toMatchObject({
      ...old,
      waiting: expect.stringContaining(fingerprintOf(next)),
    });
    expect(chooseSigners(next, approvedBy(sets, next, 'Grace'), 2)).toEqual({ ...next, waiting: undefined });
  });

  it('are the same set in another order, and another with another notice', () => {
    expect(fingerprintOf({ ...old, certificates: old.certificates.toReversed() })).toBe(fingerprintOf(old));
    expect(fingerprintOf({ ...old, officialJournal: undefined })).not.toBe(fingerprintOf(old));
  });

  it('are read back from what was written, and anything else approves nobody', () => {
    const sets = approvedBy([], old, 'Ada', 'Grace');
    expect(parseApprovals(renderApprovals(sets))).toEqual(sets);
    for (const text of ['', '{', '[]', '{"sets":[{}]}'])
      expect(parseApprovals(new TextEncoder().encode(text))).toEqual([]);
    expect(parseApprovals(undefined)).toEqual([]);
  });
});
