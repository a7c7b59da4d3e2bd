import { describe, expect, test } from 'vitest';
import { awaitReaders, type ReaderReport } from './await-readers.js';

const unread = { askedMillisecondsAgo: null, fetchedVersion: null, fetchedMillisecondsAgo: null };

const nobody: ReaderReport = {
  directory: '/world',
  register: unread,
  lists: { lotl: unread, fr: unread },
  statusAskedMillisecondsAgo: null,
};

const reading = (register: Partial<ReaderReport['register']>): ReaderReport => ({
  ...nobody,
  register: { askedMillisecondsAgo: 100, fetchedVersion: 'old', fetchedMillisecondsAgo: 9_000, ...register },
});

/** Asks until the reports run out; what is left tells how often it asked. */
async function left(
  reports: (ReaderReport | undefined)[],
  change: Parameters<typeof awaitReaders>[1],
): Promise<number> {
  await awaitReaders(async () => reports.shift(), change);
  return reports.length;
}

describe('waiting for the readers of a running world', () => {
  test.each([
    ['no world runs', undefined],
    ['nobody has read', nobody],
    ['nobody has read for a while', reading({ askedMillisecondsAgo: 6_000 })],
    ['the reader has it and has asked again since', reading({ fetchedVersion: 'new', fetchedMillisecondsAgo: 150 })],
    [
      'the reader has had it for a while',
      reading({ fetchedVersion: 'new', fetchedMillisecondsAgo: 300, askedMillisecondsAgo: 310 }),
    ],
  ])('ends at once when %s', async (_when, report) => {
    expect(await left([report, nobody], { registerVersion: 'new' })).toBe(1);
  });

  test('lasts until the reader has downloaded the version and had time to put it into force', async () => {
    const reports = [
      reading({}),
      reading({ fetchedVersion: 'new', fetchedMillisecondsAgo: 10, askedMillisecondsAgo: 20 }),
      reading({ fetchedVersion: 'new', fetchedMillisecondsAgo: 300, askedMillisecondsAgo: 310 }),
      nobody,
    ];
    expect(await left(reports, { registerVersion: 'new' })).toBe(1);
  });

  test('lasts until the reader has both lists', async () => {
    const has = (fetchedVersion: string) => ({
      askedMillisecondsAgo: 100,
      fetchedVersion,
      fetchedMillisecondsAgo: 300,
    });
    const reports = [
      { ...nobody, lists: { lotl: has('old'), fr: has('new') } },
      { ...nobody, lists: { lotl: has('new'), fr: has('old') } },
      { ...nobody, lists: { lotl: has('new'), fr: has('new') } },
      nobody,
    ];
    expect(await left(reports, { listVersions: { lotl: 'new', fr: 'new' } })).toBe(1);
  });

  test('lasts until the status of a certificate that was asked for lately is asked for again', async () => {
    const reports = [
      { ...nobody, statusAskedMillisecondsAgo: 900 },
      { ...nobody, statusAskedMillisecondsAgo: 0 },
      nobody,
    ];
    expect(await left(reports, { serialNumber: '1' })).toBe(1);
    expect(await left([{ ...nobody, statusAskedMillisecondsAgo: 20_000 }, nobody], { serialNumber: '1' })).toBe(1);
  });
});
