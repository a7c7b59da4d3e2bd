import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.js';
import { AccountChoice } from '../parts/account-choice.js';
import { AnswerButtons } from '../parts/answer-buttons.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Form } from '../parts/form.js';
import { Instant } from '../parts/instant.js';
import { ApplicationName, Name } from '../parts/name.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { RequestSummary } from '../parts/request-summary.js';
import type { ConsentTexts } from '../texts/psu-texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { ConsentView } from '../views/consent-view.js';

/** The last page of an authorization: the PSU ticks accounts, then agrees or refuses. */
export function renderConsentPage(context: PageContext, view: ConsentView): string {
  const texts = textsOf(context.lang);
  const { consent } = texts;
  const values = {
    tpp: <Name>{view.tpp.legalName}</Name>,
    application: <ApplicationName tpp={view.tpp} />,
    until: <Instant at={view.expiresAt} lang={context.lang} />,
  };
  const message = view.problem && consent.problems[view.problem];
  return renderPage(context, {
    reader: 'psu',
    title: (message ? texts.request.problemPrefix : '') + consent.heading,
    body: (
      <>
        {message && <ErrorSummary title={texts.request.problemTitle} problems={[{ field: 'account-0', message }]} />}
        <h1>{consent.heading}</h1>
        <RequestSummary {...view} lang={context.lang} texts={texts} />
        <Form action={view.action} formToken={view.formToken}>
          <AccountChoice view={view} error={message} lang={context.lang} texts={texts} />
          <AnswerButtons
            texts={texts.request}
            yes={{
              value: 'agree',
              label: consent.agree,
              outcome: <Agreement view={view} texts={consent} values={values} />,
            }}
            refusal={<Prose text={consent.ifRefuse} values={values} />}
          />
        </Form>
      </>
    ),
  });
}

interface AgreementProps {
  readonly view: ConsentView;
  readonly texts: ConsentTexts;
  readonly values: Readonly<Record<string, ComponentChildren>>;
}

function Agreement({ view, texts, values }: AgreementProps) {
  return (
    <>
      <Prose text={texts.ifAgree} values={values} />
      {view.permissionsUrl !== undefined && (
        <>
          {' '}
          {texts.takeBack} <a href={view.permissionsUrl}>{texts.permissions}</a>
        </>
      )}
    </>
  );
}
