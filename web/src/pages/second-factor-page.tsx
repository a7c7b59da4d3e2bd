import { plural } from '../format/plural.js';
import type { PageContext } from '../page-context.js';
import { AnswerButtons } from '../parts/answer-buttons.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Form } from '../parts/form.js';
import { ApplicationName, Name } from '../parts/name.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { TextField } from '../parts/text-field.js';
import { textsOf } from '../texts/texts-of.js';
import type { SecondFactorView } from '../views/second-factor-view.js';

/** The second page of an authorization: the one-time code that proves it is the PSU, or refuse. */
export function renderSecondFactorPage(context: PageContext, view: SecondFactorView): string {
  const texts = textsOf(context.lang);
  const factor = texts.secondFactor;
  const values = {
    tpp: <Name>{view.tpp.legalName}</Name>,
    application: <ApplicationName tpp={view.tpp} />,
    destination: <bdi class="destination">{view.destination}</bdi>,
  };
  const message = view.problem && factor.problems[view.problem];
  const note =
    view.attemptsLeft === undefined ? undefined : plural(view.attemptsLeft, texts.request.attemptsLeft, context.lang);
  return renderPage(context, {
    reader: 'psu',
    title: (message ? texts.request.problemPrefix : '') + factor.heading,
    body: (
      <>
        {message && (
          <ErrorSummary title={texts.request.problemTitle} problems={[{ field: 'code', message }]} note={note} />
        )}
        <h1>{factor.heading}</h1>
        <p>
          <Prose text={view.tpp.clientName === undefined ? factor.aboutUnnamed : factor.about} values={values} />
        </p>
        <p>
          <Prose text={factor.sent} values={values} />
        </p>
        {view.phoneUrl !== undefined && (
          <p class="demo">
            {factor.phoneText} <a href={view.phoneUrl}>{factor.phone}</a>
          </p>
        )}
        <Form action={view.action} formToken={view.formToken}>
          <TextField
            name="code"
            label={factor.code}
            hint={factor.hint}
            type="text"
            autocomplete="one-time-code"
            numeric
            error={message}
          />
          <AnswerButtons
            texts={texts.request}
            yes={{
              value: 'continue',
              label: factor.continue,
              outcome: <Prose text={factor.ifContinue} values={values} />,
            }}
            refusal={<Prose text={factor.ifRefuse} values={values} />}
          />
        </Form>
      </>
    ),
  });
}
