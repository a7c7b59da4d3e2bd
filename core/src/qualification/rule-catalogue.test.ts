import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goodEvidence, now, policy, withStatements } from '../../../tests/material/qualification-evidence.js';
import { refusalCatalog } from '../refusal/refusal-catalog.js';
import { ruleCatalogue } from './rule-catalogue.js';

const layers = ['path', 'time', 'trust', 'profile', 'revocation', 'register'];

describe('ruleCatalogue', () => {
  it('has every rule once, one file each, named for its id', () => {
    const files = readdirSync(new URL('./rules/', import.meta.url)).filter((file) => !file.endsWith('.test.ts'));
    const named = ruleCatalogue.map(({ id }) => `${id.replace('.', '-')}.ts`);
    expect(named.toSorted()).toEqual(files.toSorted());
  });

  it('goes layer by layer', () => {
    const order = ruleCatalogue.map(({ layer }) => layers.indexOf(layer));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(layers.length);
  });

  it.each(ruleCatalogue)('$id cites its clause, says what it is about and refuses by a known code', (rule) => {
    expect(rule.id).toMatch(/^[a-z0-9]+\.[a-z0-9-]+$/);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.clause).toMatch(/\d/);
    expect(Object.keys(refusalCatalog)).toContain(rule.refusal);
    if (rule.effective !== undefined) expect(new Date(rule.effective).toISOString().slice(0, 10)).toBe(rule.effective);
  });

  it.each(
    ruleCatalogue,
  )('$id says what it found whatever the evidence, and what to do whenever it does not hold', (rule) => {
    const worst = withStatements({ present: true, identifiers: [], types: [], psd2: [] });
    for (const evidence of [
      goodEvidence,
      worst,
      { ...worst, path: { problem: 'no-issuer', detail: 'none' } } as const,
    ]) {
      const verdict = rule.judge(evidence, policy, now);
      expect(verdict.found).not.toBe('');
      expect(verdict.found).not.toMatch(/undefined|\[object/);
      if (verdict.outcome !== 'not-applicable') expect(verdict.expected).not.toBe('');
      if (verdict.outcome !== 'pass' && verdict.outcome !== 'not-applicable') expect(verdict.remedy).toMatch(/\.$/);
    }
  });
});
