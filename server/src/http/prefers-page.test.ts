import { expect, it } from 'vitest';
import { prefersPage } from './prefers-page.js';

it.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', true],
  ['application/json', false],
  ['application/hal+json', false],
  ['application/json, text/html', false],
  ['text/html, application/json', true],
  ['text/html;q=0.1, application/json', false],
  ['application/hal+json, text/html;q=0', false],
  ['text/html;q=0', false],
  ['text/html;q=0, application/json;q=0', false],
  ['TEXT/HTML ; Q=1.000', true],
  ['application/json;q=0.5;x=y, text/html;q=nonsense', true],
])('%s', (accept, page) => {
  expect(prefersPage(accept, !page)).toBe(page);
});

it.each([undefined, '', '*/*', 'image/png'])('%s names neither', (accept) => {
  expect(prefersPage(accept, true)).toBe(true);
  expect(prefersPage(accept, false)).toBe(false);
});
