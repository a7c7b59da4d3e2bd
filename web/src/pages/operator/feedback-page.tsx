import type { SiteContext } from '../../page-context.js';
import { Fact } from '../../parts/fact.js';
import { Form } from '../../parts/form.js';
import { Instant } from '../../parts/instant.js';
import { Written } from '../../parts/written.js';
import type { Texts } from '../../texts/texts.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ConsolePlace } from '../../views/console-view.js';
import type { FeedbackView } from '../../views/feedback-view.js';
import { renderConsolePage } from './render-console-page.js';

interface FeedbackParts {
  readonly context: SiteContext;
  readonly view: FeedbackView;
  readonly texts: Texts;
}

/** One message of a visitor of the portal, whole; then the button that closes it. */
export function renderFeedbackPage(context: SiteContext, place: ConsolePlace, view: FeedbackView): string {
  const texts = textsOf(context.lang);
  const parts = { context, view, texts };
  return renderConsolePage(context, place, {
    title: texts.contact.kinds[view.kind],
    body: (
      <>
        <h1>{texts.contact.kinds[view.kind]}</h1>
        <Facts {...parts} />
        <section aria-labelledby="message">
          <h2 id="message">{texts.console.feedback.message}</h2>
          <p>
            <Written text={view.message} />
          </p>
        </section>
        <Close {...parts} />
      </>
    ),
  });
}

function Facts({ context, view, texts: { console, shell } }: FeedbackParts) {
  const { feedback: texts } = console;
  const { page, email, closed } = view;
  return (
    <dl class="request">
      <Fact term={texts.received}>
        <Instant at={view.receivedAt} lang={context.lang} />
      </Fact>
      <Fact term={texts.brand}>{view.brand}</Fact>
      <Fact term={texts.written}>{texts.languages[view.lang] ?? view.lang}</Fact>
      {page !== undefined && <Fact term={texts.page}>{shell.pages[page]}</Fact>}
      <Fact term={texts.answerTo}>{email === undefined ? texts.nobody : <bdi class="address">{email}</bdi>}</Fact>
      <Fact term={texts.reference}>
        <code class="address">{view.id}</code>
      </Fact>
      {closed && (
        <Fact term={texts.states.closed}>
          <Instant at={closed.at} lang={context.lang} />, <bdi>{closed.by}</bdi>
        </Fact>
      )}
    </dl>
  );
}

function Close({ view: { close, closed }, texts: { console } }: FeedbackParts) {
  const { feedback: texts } = console;
  if (closed !== undefined) return null;
  if (close === undefined) return <p>{console.answer.onlyLooks}</p>;
  return (
    <section aria-labelledby="close">
      <h2 id="close">{texts.closeHeading}</h2>
      <Form action={close.action} formToken={close.formToken} shown={close.shown}>
        <p>{texts.ifClose}</p>
        <div class="buttons">
          <button type="submit">{texts.close}</button>
        </div>
      </Form>
    </section>
  );
}
