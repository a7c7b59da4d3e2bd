import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { Prose } from './prose.js';

it('fills in names and shows code', () => {
  expect(
    renderToString(h(Prose, { text: 'Send `{scope}` to {bank}.', values: { scope: 'aisp', bank: 'A & B' } })),
  ).toBe('Send <code>aisp</code> to A &amp; B.');
});

it('does not read what is filled in as a text of ours', () => {
  expect(renderToString(h(Prose, { text: '{name}', values: { name: '{name} `x` <b>' } }))).toBe('{name} `x` &lt;b>');
});

it('refuses a text that the page does not fill in', () => {
  expect(() => renderToString(h(Prose, { text: 'Hello {name}' }))).toThrow(/\{name\}/);
});
