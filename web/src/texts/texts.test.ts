import { refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import { describe, expect, it } from 'vitest';
import { en } from './en.js';
import { fr } from './fr.js';

const french = textsIn(fr);
const english = textsIn(en);

describe('the texts', () => {
  it('are the same in both languages, and none is empty', () => {
    expect([...french.keys()]).toEqual([...english.keys()]);
    for (const [path, text] of [...french, ...english]) expect(text.trim(), path).not.toBe('');
  });

  it('fill in the same names in both languages', () => {
    for (const [path, text] of french)
      expect(placeholdersIn(text), path).toEqual(placeholdersIn(english.get(path) ?? ''));
  });

  it('explain every refusal', () => {
    expect(Object.keys(fr.refusals)).toEqual(Object.keys(refusalCatalog));
  });
});

describe('French typography', () => {
  it('puts no-break spaces where a line must not break', () => {
    for (const [path, text] of french) {
      const prose = text.replaceAll(/`[^`]*`/g, 'code');
      expect(prose, path).not.toMatch(/ [;:!?»]/);
      expect(prose, path).not.toMatch(/[^\u202f][;!?»]/);
      expect(prose, path).not.toMatch(/«[^\u202f]/);
    }
  });

  it('uses the typographic apostrophe', () => {
    for (const [path, text] of french) expect(text, path).not.toContain("'");
  });
});

/** Every text of a language by its path. */
function textsIn(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]]);
  return new Map(Object.entries(node as object).flatMap(([key, child]) => [...textsIn(child, `${path}.${key}`)]));
}

function placeholdersIn(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}
