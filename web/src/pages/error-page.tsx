import type { PageContext, SiteContext } from '../page-context.js';
import { Findings } from '../parts/findings.js';
import { Instant } from '../parts/instant.js';
import { Name } from '../parts/name.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import type { Texts } from '../texts/texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { ErrorView } from '../views/error-view.js';
import { errorHeadingOf } from './error-heading.js';

/** What happened, why, what to do, and the reference to quote; also where the brand is not known. */
export function renderErrorPage(context: PageContext | SiteContext, view: ErrorView): string {
  const texts = textsOf(context.lang);
  const heading = errorHeadingOf(view.code, view.ofReader ?? false);
  const title = view.title ?? texts.error.headings[heading];
  const parts = { context, view, texts };
  return renderPage(context, {
    reader: 'psu',
    title,
    body: (
      <>
        <h1>{title}</h1>
        {heading === 'request' ? <OfTheApplication {...parts} /> : <OfTheReader {...parts} />}
        <Reference {...parts} />
        {view.findings && view.findings.length > 0 && (
          <section aria-labelledby="findings">
            <h2 id="findings">{texts.error.findings}</h2>
            <Findings findings={view.findings} lang={context.lang} />
          </section>
        )}
      </>
    ),
  });
}

interface ErrorParts {
  readonly context: SiteContext;
  readonly view: ErrorView;
  readonly texts: Texts;
}

/** The reader can do something about it, or it is ours. */
function OfTheReader({ context, view, texts }: ErrorParts) {
  return (
    <>
      <h2>{texts.error.whatHappened}</h2>
      <p>{texts.refusals[view.code].meaning}</p>
      {view.message !== undefined && <Message context={context} view={view} texts={texts} />}
      <h2>{texts.error.whatToDo}</h2>
      <p>{view.remedy ?? texts.refusals[view.code].remedy}</p>
      {view.code === 'DECISION_NOT_POSSIBLE' && (
        <p>
          <a class="action" href={context.alternates[context.lang]}>
            {texts.error.openAgain}
          </a>
        </p>
      )}
      {view.returnHint && (
        <p>
          <Prose text={texts.error.cameFrom} values={{ application: <Name>{view.returnHint.application}</Name> }} />
        </p>
      )}
    </>
  );
}

/** The application made a mistake: its user is told so, and its developer gets the details. */
function OfTheApplication({ context, view, texts }: ErrorParts) {
  return (
    <>
      <h2>{texts.error.whatHappened}</h2>
      <p>
        {texts.error.notYourFault} {texts.error.nothingShared}
      </p>
      <h2>{texts.error.whatToDo}</h2>
      <GoBack application={view.returnHint?.application} texts={texts} />
      <section class="developers" aria-labelledby="developers">
        <h2 id="developers">{texts.error.forDevelopers}</h2>
        <p>{texts.refusals[view.code].meaning}</p>
        {view.message !== undefined && <Message context={context} view={view} texts={texts} />}
        <p>{view.remedy ?? texts.refusals[view.code].remedy}</p>
      </section>
    </>
  );
}

function Message({ context, view, texts }: ErrorParts) {
  const spoken = view.messageLang ?? 'en';
  return (
    <p class="message">
      {texts.error.message}
      {context.lang === 'fr' ? '\u00a0: ' : ': '}
      <bdi lang={spoken === context.lang ? undefined : spoken}>{view.message}</bdi>
    </p>
  );
}

function GoBack({ application, texts }: { readonly application: string | undefined; readonly texts: Texts }) {
  if (application === undefined) return <p>{texts.error.goBackUnknown}</p>;
  return (
    <p>
      <Prose text={texts.error.goBack} values={{ application: <Name>{application}</Name> }} />
    </p>
  );
}

function Reference({ context, view, texts }: ErrorParts) {
  return (
    <section class="reference" aria-labelledby="reference">
      <h2 id="reference">{texts.error.contact}</h2>
      <p>{texts.error.quote}</p>
      <dl class="facts">
        <div>
          <dt>{texts.error.reference}</dt>
          <dd>
            <code class="correlation">{view.correlationId}</code>
          </dd>
        </div>
        <div>
          <dt>{texts.error.code}</dt>
          <dd>
            <code>{view.code}</code>
          </dd>
        </div>
        {view.at && (
          <div>
            <dt>{texts.error.time}</dt>
            <dd>
              <Instant at={view.at} lang={context.lang} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
