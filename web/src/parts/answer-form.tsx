import type { ComponentChildren } from 'preact';
import type { AnswerTexts } from '../texts/console-texts.js';
import type { AnswerView } from '../views/console-view.js';
import { ErrorSummary } from './error-summary.js';
import { Form } from './form.js';
import { ReasonField } from './reason-field.js';

interface AnswerFormProps {
  readonly answer: AnswerView;
  readonly hint: string;
  /** What each of the two answers leads to, before the buttons. */
  readonly outcomes: readonly ComponentChildren[];
  /** Left out for who has agreed already. */
  readonly yes: { readonly value: 'approve' | 'release'; readonly label: string } | undefined;
  readonly refuse: string;
  readonly texts: AnswerTexts;
}

/** The decision of somebody of the bank: the reason, what happens next, then the two answers, same size, same rank. */
export function AnswerForm({ answer, hint, outcomes, yes, refuse, texts }: AnswerFormProps) {
  return (
    <section aria-labelledby="decision">
      <h2 id="decision">{texts.heading}</h2>
      <Form action={answer.action} formToken={answer.formToken} shown={answer.shown}>
        <ReasonField
          label={texts.reason}
          hint={hint}
          longest={500}
          value={answer.reason}
          error={answer.problem && texts.problems[answer.problem]}
        />
        <ul class="outcomes">
          {outcomes.map((outcome, index) => (
            <li key={index}>{outcome}</li>
          ))}
        </ul>
        {/* biome-ignore lint/a11y/useSemanticElements: the two buttons are one question, not a set of fields */}
        <div class="buttons" role="group" aria-labelledby="decision">
          {yes && (
            <button type="submit" name="answer" value={yes.value}>
              {yes.label}
            </button>
          )}
          <button type="submit" name="answer" value="refuse">
            {refuse}
          </button>
        </div>
      </Form>
    </section>
  );
}

/** On top of a page whose answer came back. */
export function AnswerProblemSummary({ answer, texts }: { readonly answer: AnswerView; readonly texts: AnswerTexts }) {
  if (answer.problem === undefined) return null;
  return (
    <ErrorSummary
      title={texts.problemTitle}
      problems={[{ field: 'reason', message: texts.problems[answer.problem] }]}
    />
  );
}
