import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { sampleFindings } from '../pages/pages.sample.js';
import { Findings } from './findings.js';
import { Prose } from './prose.js';
import { SequenceDrawing } from './sequence-drawing.js';

it('shows each finding with sign, word, rule, found, expected and clause', () => {
  const html = renderToString(<Findings findings={sampleFindings} lang="en" />);
  for (const [sign, word] of [['✓', 'Pass'], ['✕', 'Fail'], ['!', 'Warning'], ['?', 'Undecided'], ['–', 'Not applicable']]) {
    expect(html).toContain(`<span class="sign" aria-hidden="true">${sign}</span>${word}</span>`);
  }
  for (const { rule, title } of sampleFindings) expect(html).toMatch(new RegExp(`${title}.*<code>${rule}</code>.*an end in the past.*an end in the future.*RFC 5280, 6\\.1\\.3`));
});

it('has a remedy where a rule did not pass, and only there', () => {
  const html = renderToString(<Findings findings={sampleFindings} lang="en" />);
  expect(html.match(/Present a renewed certificate\./g)).toHaveLength(4);
});

it('marks what a rule says as English on a French page', () => {
  expect(renderToString(<Findings findings={sampleFindings} lang="fr" />)).toContain('<dd lang="en">an end in the past</dd>');
});

it('gives a drawing the same words as its alternative', () => {
  const html = renderToString(<SequenceDrawing sequence={{ title: 'T', actors: ['A', 'B'], steps: [{ from: 0, to: 1, label: 'one\ntwo' }, { from: 1, to: 1, label: 'three' }] }} />);
  expect(html).toContain('1. A → B: one two. 2. B: three.');
});

it('refuses to show a text that nobody filled in', () => {
  expect(() => renderToString(<Prose text="Hello {name}" />)).toThrow(/\{name\}/);
});
