import { describe, expect, it } from 'vitest';
import { tagPattern } from '../parts/tag-pattern.js';
import { sampleContext, samplePages, sampleTpp } from './pages.sample.js';

/** Begins from right to left, and turns what follows it on its line. */
const typed = 'אבג \u202Egnp.exe';

/** In the samples that are not made from the names of a third party. */
const otherwise = 'script>alert(1)';

/** Elements whose text is a line of its own, or no text of the page at all. */
const apart = new Set(['title', 'textarea', 'option', 'pre']);

describe.each(['fr', 'en'] as const)('what somebody else typed, in %s', (lang) => {
  const tpp = { ...sampleTpp, clientName: typed, legalName: typed };
  const all = samplePages(sampleContext(lang), tpp);
  const pages = Object.entries(all).filter(([, html]) => html.includes('אבג') || html.includes(otherwise));

  it.each(pages)('is isolated from our words wherever it stands: %s', (_page, html) => {
    expect(listUnisolated(html)).toEqual([]);
  });

  it.each(['consoleMessages', 'consoleMessage'])('turns nothing in a message: %s', (page) => {
    expect(all[page]).toContain('אבג [U+202E]gnp.exe');
    expect(all[page]).not.toContain('\u202E');
  });
});

/** The innermost tags around each text with what was typed that no element keeps apart. */
function listUnisolated(html: string): readonly string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [piece] of html.matchAll(new RegExp(`${tagPattern.source}|[^<]+`, 'g'))) {
    if (piece.startsWith('</')) open.pop();
    else if (piece.startsWith('<')) {
      if (!/^<(?:!doctype|meta|link|input|img|br|wbr)\b|\/>$/.test(piece)) open.push(piece);
    } else if ((piece.includes('אבג') || piece.includes(otherwise)) && !open.some(isolates))
      found.push(`${open.slice(-2).join('')}${piece.slice(0, 60)}`);
  }
  return found;
}

function isolates(tag: string): boolean {
  const [, name = ''] = /^<(\w+)/.exec(tag) ?? [];
  return name === 'bdi' || apart.has(name) || /\sdir="(auto|ltr)"/.test(tag);
}
