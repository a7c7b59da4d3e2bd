import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tagPattern } from '../parts/tag-pattern.js';
import { sampleContext, samplePages, sampleTpp } from './pages.sample.js';

// Rows R44 and A35 of the attack list: names chosen by a third party have no effect but to be read.
const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '{{7*7}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template language's own text
  '${7*7}',
  '{bank}{tpp}',
  '`code`',
  '</title><h1>',
  '&lt;b&gt;',
  '\u202egnp.exe',
];

describe.each(hostile)('the name %j', (name) => {
  const pages = samplePages(sampleContext('fr'), { ...sampleTpp, clientName: name, legalName: name });
  const harmless = samplePages(sampleContext('fr'), { ...sampleTpp, clientName: 'X', legalName: 'X' });

  it('adds no element and no attribute to any page', () => {
    for (const [page, html] of Object.entries(pages))
      expect(skeletonOf(html), page).toBe(skeletonOf(harmless[page] ?? ''));
  });

  it('is read as it was written', () => {
    expect(pages['signIn']).toContain(`<bdi class="name">${escaped(name)}</bdi>`);
  });
});

it('holds for any name', () => {
  const context = sampleContext('en');
  const harmless = samplePages(context, { ...sampleTpp, clientName: 'X', legalName: 'X' });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (name) => {
      const { signIn, consentAgain } = samplePages(context, { ...sampleTpp, clientName: name, legalName: name });
      expect(skeletonOf(signIn ?? '')).toBe(skeletonOf(harmless['signIn'] ?? ''));
      expect(skeletonOf(consentAgain ?? '')).toBe(skeletonOf(harmless['consentAgain'] ?? ''));
    }),
    { numRuns: 50 },
  );
});

/** The tags of a page with the values of their attributes emptied. */
function skeletonOf(html: string): string {
  return (html.match(tagPattern) ?? []).map((tag) => tag.replaceAll(/="[^"]*"/g, '=""')).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
