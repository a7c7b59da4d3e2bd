import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.js';
import { renderFindingsText } from './render-findings.js';

const held: Finding = {
  rule: 'time.not-expired',
  layer: 'time',
  title: 'The certificate has not expired',
  outcome: 'pass',
  found: 'valid until 2027-01-01T00:00:00Z',
  expected: 'not earlier than 2026-03-01T12:00:00Z',
  clause: 'RFC 5280, 4.1.2.5',
  remedy: '',
};
const failed: Finding = {
  rule: 'psd2.role-name-matches-oid',
  layer: 'profile',
  title: 'Each role has the name that belongs to its OID',
  outcome: 'fail',
  found: '0.4.0.19495.1.3 "PSP_PI"',
  expected: '0.4.0.19495.1.3 PSP_AI',
  clause: 'ETSI TS 119 495 v1.8.1, 5.2.2 (REG-5.2.2-5)',
  remedy: 'Ask your QTSP for a certificate whose role names and OIDs agree.',
};

describe('renderFindingsText', () => {
  it('is one line for what held and all seven things for what did not', () => {
    expect(renderFindingsText([failed, held], { color: false })).toBe(
      [
        'Time',
        '  ✓ pass  time.not-expired            valid until 2027-01-01T00:00:00Z',
        '',
        'Certificate profile',
        '  ✗ FAIL  psd2.role-name-matches-oid  Each role has the name that belongs to its OID',
        '          found     0.4.0.19495.1.3 "PSP_PI"',
        '          expected  0.4.0.19495.1.3 PSP_AI',
        '          clause    ETSI TS 119 495 v1.8.1, 5.2.2 (REG-5.2.2-5)',
        '          to do     Ask your QTSP for a certificate whose role names and OIDs agree.',
        '',
      ].join('\n'),
    );
  });

  it('colours the sign and the word, which also stand without colour', () => {
    expect(renderFindingsText([held], { color: true })).toContain('\u001b[32m✓ pass\u001b[0m');
  });

  it('shows control characters instead of sending them to the terminal', () => {
    const text = renderFindingsText([{ ...failed, found: 'a\u001b[2Jb\u202ec\nd' }], { color: false });
    expect(text).toContain('a\\u{1b}[2Jb\\u{202e}c\\u{a}d');
  });

  it('is empty without findings', () => {
    expect(renderFindingsText([], { color: false })).toBe('');
  });
});
