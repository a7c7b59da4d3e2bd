import { describe, expect, it } from 'vitest';
import { outlookOfSigners } from './outlook-of-signers.js';
import type { AcceptedList } from './watched-list.js';

const end = new Date('2026-12-01T00:00:00Z');
const daysBefore = (days: number) => new Date(end.getTime() - days * 86_400_000);

function listOfLists(
  signerEnds: Readonly<Record<string, Date>>,
  newestPivot?: AcceptedList['newestPivot'],
): AcceptedList {
  const pointer = { territory: 'EU', address: '', mimeType: '', signers: Object.keys(signerEnds), signerEnds };
  const other = { ...pointer, territory: 'FR', signerEnds: { fr: daysBefore(300) } };
  const list = { pointers: [other, pointer] };
  return { list, status: { territory: 'EU' }, signer: 'now', newestPivot } as unknown as AcceptedList;
}

describe('U10: a change of the signers of the list of lists', () => {
  it('is told sixty days before the certificate ends, with who comes after it', () => {
    const alone = listOfLists({ now: end, earlier: daysBefore(3) });
    expect(outlookOfSigners(alone, daysBefore(61))).toEqual({ ends: end, warnings: [] });
    expect(outlookOfSigners(alone, daysBefore(59)).warnings).toEqual([
      'the certificate that signs the list of lists ends on 2026-12-01; it names no other that lasts longer: expect a new notice of the Official Journal',
    ]);
    const followed = listOfLists({ now: end, next: daysBefore(-400), last: daysBefore(-500) });
    expect(outlookOfSigners(followed, daysBefore(59)).warnings).toEqual([
      expect.stringContaining('2 others that may sign it last longer, until 2028-04-14'),
    ]);
  });

  it('by a pivot is told for 45 days', () => {
    const pivoted = listOfLists({}, { sequence: 378, issuedAt: daysBefore(100) });
    expect(outlookOfSigners(pivoted, daysBefore(56)).warnings).toEqual([
      expect.stringContaining('pivot 378 of 2026-08-23 changed who may sign'),
    ]);
    expect(outlookOfSigners(pivoted, daysBefore(54))).toEqual({ ends: undefined, warnings: [] });
  });

  it('is not told without a list', () => {
    expect(outlookOfSigners(undefined, end)).toEqual({ ends: undefined, warnings: [] });
  });
});
