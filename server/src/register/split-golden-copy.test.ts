import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGoldenCopySplitter } from './split-golden-copy.js';

function split(text: string | Uint8Array, chunkSize = 7): unknown[] {
  const octets = Buffer.from(text);
  const entities: unknown[] = [];
  const splitter = createGoldenCopySplitter((entity) => entities.push(entity));
  for (let at = 0; at < octets.length; at += chunkSize) splitter.push(octets.subarray(at, at + chunkSize));
  splitter.end();
  return entities;
}

describe('the golden copy', () => {
  test('is split into its entities, the disclaimer left out', () => {
    expect(split('[[{"note":"x"}],[{"a":1},{"b":["}",{"c":"\\"]"}]}]]')).toEqual([{ a: 1 }, { b: ['}', { c: '"]' }] }]);
    expect(split(' [ [ { } ] ,\n [ ] ] \n')).toEqual([]);
  });

  test('gives the same entities however its bytes are cut', () => {
    const entities = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 })), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(entities, fc.integer({ min: 1, max: 50 }), (expected, chunkSize) => {
        const text = JSON.stringify([[{}], expected]);
        expect(JSON.stringify(split(text, chunkSize))).toBe(JSON.stringify(JSON.parse(text)[1]));
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['another shape', '{"entities":[]}'],
    ['one list', '[[{}]]'],
    ['three lists', '[[],[],[]]'],
    ['a list too deep', '[[],[[{}]]]'],
    ['something between', '[[],[{} {}]]'],
    ['a comma too many', '[[],[{},,{}]]'],
    ['a comma first', '[,[],[]]'],
    ['a number among the entities', '[[],[{},1]]'],
    ['a text among the entities', '[[],["{}"]]'],
    ['truncation in an entity [U17]', '[[],[{"a":1},{"b'],
    ['truncation between entities [U17]', '[[],[{"a":1},'],
    ['truncation at the end [U17]', '[[],[{"a":1}]'],
    ['something after the end', '[[],[]] x'],
    ['brackets that do not match', '[[],[{"a":[1}}]]'],
    ['an entity that is not JSON', '[[],[{"a":NaN}]]'],
    ['depth without end', `[[],[${'{"a":'.repeat(100)}`],
    ['an entity without end', `[[],[{"a":"${'x'.repeat(1_100_000)}`],
    ['bytes that are not UTF-8 [U17]', Buffer.from([...Buffer.from('[[],[{"a":"'), 0xff, ...Buffer.from('"}]]')])],
  ])('is refused when it is %s', (_name, text) => {
    expect(() => split(text, 64_000)).toThrow(
      expect.objectContaining({ name: 'Refusal', code: 'TRUST_DATA_UNAVAILABLE' }),
    );
  });

  test('is split or refused, nothing else', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[[\]{},:"a\\ 1]*$/), (text) => {
        try {
          split(text);
        } catch (refusal) {
          expect(refusal).toMatchObject({ name: 'Refusal' });
        }
      }),
    );
  });
});
