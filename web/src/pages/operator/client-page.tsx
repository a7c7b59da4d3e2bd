import type { SiteContext } from '../../page-context.js';
import { ErrorSummary } from '../../parts/error-summary.js';
import { Fact } from '../../parts/fact.js';
import { Form } from '../../parts/form.js';
import { Instant } from '../../parts/instant.js';
import { Name } from '../../parts/name.js';
import { ReasonField } from '../../parts/reason-field.js';
import type { Texts } from '../../texts/texts.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ClientStandingView } from '../../views/client-standing-view.js';
import type { ConsolePlace } from '../../views/console-view.js';
import { renderConsolePage } from './render-console-page.js';

interface ClientParts {
  readonly context: SiteContext;
  readonly view: ClientStandingView;
  readonly texts: Texts;
}

/** One registration: whose it is and how it stands; then its suspension, or the end of that. */
export function renderClientPage(context: SiteContext, place: ConsolePlace, view: ClientStandingView): string {
  const texts = textsOf(context.lang);
  const parts = { context, view, texts };
  const { clients: words, answer } = texts.console;
  const problem = view.form?.problem;
  return renderConsolePage(context, place, {
    title: view.clientName,
    wrong: problem !== undefined,
    body: (
      <>
        {problem && (
          <ErrorSummary
            title={answer.problemTitle}
            problems={[{ field: 'reason', message: words.reasonProblems[problem] }]}
          />
        )}
        <h1>
          <Name>{view.clientName}</Name>
        </h1>
        <Facts {...parts} />
        <Decision {...parts} />
      </>
    ),
  });
}

function Facts({ context, view, texts: { console, shell } }: ClientParts) {
  const { clients: words } = console;
  const { suspended } = view;
  return (
    <dl class="request">
      <Fact term={words.state}>{suspended ? words.states.suspended : words.states.active}</Fact>
      {suspended && (
        <>
          <Fact term={words.since}>
            <Instant at={suspended.at} lang={context.lang} />
          </Fact>
          <Fact term={words.given}>
            <bdi>{suspended.reason}</bdi>
          </Fact>
        </>
      )}
      <Fact term={words.legalName}>
        <Name>{view.legalName}</Name>
      </Fact>
      <Fact term={words.identifier}>
        <code class="address">{view.organizationIdentifier}</code>
      </Fact>
      <Fact term={words.client}>
        <code class="address">{view.clientId}</code>
      </Fact>
      <Fact term={words.brand}>
        {view.brand}, {shell.environment[view.environment]}
      </Fact>
      <Fact term={words.registered}>
        <Instant at={view.issuedAt} lang={context.lang} />
      </Fact>
    </dl>
  );
}

function Decision({ view: { form, suspended }, texts: { console } }: ClientParts) {
  const { clients: words, answer } = console;
  if (form === undefined) return <p>{answer.onlyLooks}</p>;
  const deed = suspended ? 'restore' : 'suspend';
  return (
    <section aria-labelledby="decision">
      <h2 id="decision">{answer.heading}</h2>
      <Form action={form.action} formToken={form.formToken} shown={form.shown}>
        <ReasonField
          label={answer.reason}
          hint={words.reasonHints[deed]}
          longest={300}
          value={form.reason}
          error={form.problem && words.reasonProblems[form.problem]}
        />
        <p>{words.outcomes[deed]}</p>
        <div class="buttons">
          <button type="submit" name="answer" value={deed}>
            {words.deeds[deed]}
          </button>
        </div>
      </Form>
    </section>
  );
}
