import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { addDescription } from './add-description.js';

it('says the lede in the head, as words that cannot leave their attribute', () => {
  const typed = '"><script>alert(1)</script> & $& `x`';
  const lede = renderToString(h('p', { class: 'lede' }, ['Names: ', h('code', { title: 'a > b' }, typed), '.']));
  const [, description] =
    /<meta name="description" content="([^"]*)"\/>/.exec(addDescription(`<title>T</title>${lede}`)) ?? [];
  expect(description).toBe('Names: &quot;>&lt;script>alert(1)&lt;/script> &amp; $&amp; `x`.');
});

it('leaves a page without a lede as it is', () => {
  expect(addDescription('<title>T</title><p>Text</p>')).toBe('<title>T</title><p>Text</p>');
});
