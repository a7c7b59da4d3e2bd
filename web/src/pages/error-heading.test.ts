import { refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import { expect, it } from 'vitest';
import { errorHeadingOf } from './error-heading.js';

it('tells nobody of an application where none brought its reader', () => {
  for (const code of Object.keys(refusalCatalog) as (keyof typeof refusalCatalog)[])
    expect(errorHeadingOf(code, true), code).not.toBe('request');
  expect(errorHeadingOf('REQUEST_TOO_LARGE', true)).toBe('form');
  expect(errorHeadingOf('REQUEST_TOO_LARGE', false)).toBe('request');
  expect(errorHeadingOf('RATE_LIMITED', true)).toBe('busy');
});
