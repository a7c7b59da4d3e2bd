import { beforeEach, describe, expect, test } from 'vitest';
import { issueCertificate } from '../../../tests/material/issue-certificate.js';
import { renderList, signList } from '../../../tests/material/signed-list.js';
import { openTrustStoreWorld, sequences, stranger, top } from '../../../tests/material/trust-store-world.js';

const { world, serveTop, createStore, startedStore } = openTrustStoreWorld();

describe('pivots [U10]', () => {
  const second = issueCertificate({ commonName: 'Second signer' });
  const third = issueCertificate({ commonName: 'Third signer' });
  const journal = 'https://eur-lex.europa.eu/eli/C/2026/1/oj';
  const address = (name: string) => `${world.source.url}/${name}.xml`;

  function servePivot(name: string, recipe: { sequence: number; names: typeof top; signer: typeof top }) {
    const pointers = [{ territory: 'EU', address: address('lotl'), signer: recipe.names }];
    const content = renderList({ territory: 'EU', sequence: recipe.sequence, type: 'EUlistofthelists', pointers });
    world.source.answers.set(`/${name}.xml`, signList(content, recipe.signer));
  }

  beforeEach(() => {
    servePivot('pivot-2', { sequence: 2, names: second, signer: top });
    servePivot('pivot-3', { sequence: 3, names: third, signer: second });
    serveTop({ sequence: 4, information: [address('pivot-3'), address('pivot-2'), journal, address('old')] }, third);
  });

  test('are followed from the Official Journal to the signer of today, and kept', async () => {
    const store = await startedStore();
    expect(sequences(store)).toEqual({ EU: 4, FR: 5 });
    expect(store.report().signers.warnings).toEqual([expect.stringContaining('pivot 3 of 2026-06-01 changed')]);
    world.source.answers.clear();
    const again = createStore();
    await again.restore();
    expect(sequences(again)).toEqual({ EU: 4, FR: 5 });
  });
  test('are asked for again when one was missing', async () => {
    const pivot = world.source.answers.get('/pivot-2.xml') ?? '';
    world.source.answers.set('/pivot-2.xml', 404);
    const store = await startedStore();
    expect(sequences(store)).toBe('no list of lists is in force');
    world.source.answers.set('/pivot-2.xml', pivot);
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 4, FR: 5 });
  });
  test.each<[string, () => void, RegExp]>([
    ['one is missing', () => world.source.answers.set('/pivot-2.xml', 404), /pivot-2.xml is missing: .*404/],
    [
      'one is signed by another',
      () => servePivot('pivot-3', { sequence: 3, names: third, signer: stranger }),
      /pivot-3.xml is refused: .*not a pinned signer/,
    ],
    ['one is out of order', () => servePivot('pivot-3', { sequence: 2, names: third, signer: second }), /out of order/],
    [
      'one is no list of lists',
      () => world.source.answers.set('/pivot-2.xml', signList(renderList({ territory: 'FR', sequence: 2 }), top)),
      /no list of lists/,
    ],
    [
      'they lead to another signer',
      () => serveTop({ sequence: 4, information: [address('pivot-2'), journal] }, third),
      /not a pinned signer/,
    ],
    [
      'the list is signed by one whom they removed',
      () => serveTop({ sequence: 4, information: [address('pivot-3'), address('pivot-2'), journal] }, top),
      /not a pinned signer/,
    ],
    [
      'one lies elsewhere',
      () => serveTop({ sequence: 4, information: ['https://elsewhere.example/pivot-2.xml', journal] }, third),
      /not at the origin/,
    ],
    [
      'there are too many',
      () => serveTop({ sequence: 4, information: Array.from({ length: 31 }, (_, at) => address(`p${at}`)) }, third),
      /31 pivots/,
    ],
  ])('refuse the list when %s', async (_name, change, reason) => {
    change();
    const store = await startedStore();
    expect(sequences(store)).toBe('no list of lists is in force');
    expect(store.report().reason).toMatch(reason);
  });
  test('that were followed stay in the way', async () => {
    const store = await startedStore();
    serveTop({ sequence: 5, information: [journal] }, top);
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 4, FR: 5 });
    expect(store.report().reason).toContain('no longer names pivot 2');
  });
  test('begin anew from another notice, which is an alarm until it is entered', async () => {
    const store = await startedStore();
    const next = 'https://eur-lex.europa.eu/eli/C/2027/1/oj';
    serveTop({ sequence: 5, information: [next, address('pivot-3'), address('pivot-2'), journal] }, top);
    await store.refresh();
    await store.refresh();
    expect(sequences(store)).toEqual({ EU: 5, FR: 5 });
    expect(store.report().reason).toContain(`names ${next}, where it named ${journal}`);
    expect((await startedStore({ officialJournal: next })).report().state).toBe('ok');
  });
  test('lead past a newer notice from the one that was entered, with an alarm', async () => {
    const next = 'https://eur-lex.europa.eu/eli/C/2027/1/oj';
    serveTop({ sequence: 5, information: [next, address('pivot-3'), address('pivot-2'), journal] }, third);
    const store = await startedStore({ officialJournal: journal });
    expect(sequences(store)).toEqual({ EU: 5, FR: 5 });
    expect(store.report().reason).toContain(`names ${next}, where ${journal} was entered`);
  });
});
