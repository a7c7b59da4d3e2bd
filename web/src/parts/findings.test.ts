import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { sampleFindings } from '../pages/pages.sample.js';
import { Findings } from './findings.js';

const english = renderToString(h(Findings, { findings: sampleFindings, lang: 'en' }));
const words = [
  ['✓', 'Pass'],
  ['✕', 'Fail'],
  ['!', 'Warning'],
  ['?', 'Undecided'],
  ['–', 'Not applicable'],
];

it.each(words)('shows an outcome as the sign %s and the word %s', (sign, word) => {
  expect(english).toContain(`<span class="sign" aria-hidden="true">${sign}</span>${word}</span>`);
});

it.each(sampleFindings)('shows rule, found, expected and clause of $rule', ({ rule, title }) => {
  expect(english).toMatch(
    new RegExp(`${title}.*<code>${rule}</code>.*an end in the past.*an end in the future.*RFC 5280, 6\\.1\\.3`),
  );
});

it('says what to do where a rule did not pass, and only there', () => {
  expect(english.match(/Present a renewed certificate\./g)).toHaveLength(4);
});

it('marks what a rule says as English on a French page', () => {
  const french = renderToString(h(Findings, { findings: sampleFindings, lang: 'fr' }));
  expect(french).toContain('<dd lang="en"><bdi>an end in the past</bdi></dd>');
});
