import type { Finding, Outcome } from '@postern/core/qualification/finding.js';
import type { Paint, Tone } from './terminal.js';

const signs: Readonly<Record<Outcome, readonly [string, Tone]>> = {
  pass: ['✓', 'good'],
  fail: ['✗', 'bad'],
  warn: ['!', 'warn'],
  indeterminate: ['?', 'warn'],
  'not-applicable': ['-', 'faint'],
};

/** A finding on the terminal: one line when it holds; found, expected, clause and remedy below it when it does not. */
export function renderFinding(finding: Finding, paint: Paint): readonly string[] {
  const [sign, tone] = signs[finding.outcome] ?? ['?', 'warn'];
  const head = `${paint(tone, sign)} ${finding.rule}  ${paint('faint', finding.title)}`;
  if (finding.outcome === 'pass' || finding.outcome === 'not-applicable') return [head];
  return [
    head,
    `    found     ${finding.found}`,
    `    expected  ${finding.expected}`,
    `    clause    ${finding.clause}`,
    ...(finding.remedy === '' ? [] : [`    to do     ${finding.remedy}`]),
  ];
}
