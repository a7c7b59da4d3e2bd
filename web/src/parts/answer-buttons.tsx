import type { ComponentChildren } from 'preact';
import type { RequestTexts } from '../texts/psu-texts.js';

interface AnswerButtonsProps {
  readonly yes: { readonly value: 'continue' | 'agree'; readonly label: string; readonly outcome: ComponentChildren };
  readonly refusal: ComponentChildren;
  readonly texts: RequestTexts;
}

/** What happens next, then the two answers: same size, same colour, same rank. */
export function AnswerButtons({ yes, refusal, texts }: AnswerButtonsProps) {
  return (
    <section class="answers" aria-labelledby="next">
      <h2 id="next">{texts.next}</h2>
      <ul class="outcomes">
        <li>{yes.outcome}</li>
        <li>{refusal}</li>
      </ul>
      {/* biome-ignore lint/a11y/useSemanticElements: the two buttons are one question, not a set of fields */}
      <div class="buttons" role="group" aria-label={texts.answers}>
        <button type="submit" name="answer" value={yes.value}>
          {yes.label}
        </button>
        <button type="submit" name="answer" value="refuse">
          {texts.refuse}
        </button>
      </div>
    </section>
  );
}
