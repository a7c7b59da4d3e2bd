import type { Outcome } from '@postern/core/qualification/finding.js';
import type { FindingTexts } from '../texts/texts.js';

const signs: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✕',
  warn: '!',
  indeterminate: '?',
  'not-applicable': '–',
};

/** An outcome as a sign, a word and a colour, never a colour alone. */
export function OutcomeMark({ outcome, texts }: { readonly outcome: Outcome; readonly texts: FindingTexts }) {
  return (
    <span class={`outcome outcome-${outcome}`}>
      <span class="sign" aria-hidden="true">
        {signs[outcome]}
      </span>
      {texts.outcomes[outcome]}
    </span>
  );
}
