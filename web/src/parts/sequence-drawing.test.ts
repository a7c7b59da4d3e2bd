import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { SequenceDrawing } from './sequence-drawing.js';

const sequence = {
  title: 'A sequence',
  actors: ['A', 'B'],
  steps: [
    { from: 0, to: 1, label: 'one\ntwo' },
    { from: 1, to: 1, label: 'three' },
  ],
};

it('has the same words as its text alternative', () => {
  const html = renderToString(h(SequenceDrawing, { sequence }));
  expect(html).toContain('<title id="sequence-title">A sequence</title>');
  expect(html).toContain('1. A → B: one two. 2. B: three.');
});
