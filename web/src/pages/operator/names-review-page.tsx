import type { SiteContext } from '../../page-context.js';
import { AnswerForm, AnswerProblemSummary } from '../../parts/answer-form.js';
import { Fact } from '../../parts/fact.js';
import { Instant } from '../../parts/instant.js';
import { Name } from '../../parts/name.js';
import { Prose } from '../../parts/prose.js';
import { ShownNames } from '../../parts/shown-names.js';
import type { Texts } from '../../texts/texts.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ConsolePlace } from '../../views/console-view.js';
import type { NamesReviewView } from '../../views/held-name-view.js';
import { renderConsolePage } from './render-console-page.js';

interface ReviewParts {
  readonly context: SiteContext;
  readonly view: NamesReviewView;
  readonly texts: Texts;
}

/** The names of one application: what they are, whose, why somebody should look; then the decision. */
export function renderNamesReviewPage(context: SiteContext, place: ConsolePlace, view: NamesReviewView): string {
  const texts = textsOf(context.lang);
  const parts = { context, view, texts };
  return renderConsolePage(context, place, {
    title: view.legalName,
    wrong: view.answer?.problem !== undefined,
    body: (
      <>
        {view.answer && <AnswerProblemSummary answer={view.answer} texts={texts.console.answer} />}
        <h1>
          <Name>{view.legalName}</Name>
        </h1>
        <Facts {...parts} />
        <Doubts {...parts} />
        <Decision {...parts} />
      </>
    ),
  });
}

function Facts({ context, view, texts: { console, shell } }: ReviewParts) {
  const { names: texts } = console;
  return (
    <dl class="request">
      <Fact term={texts.names}>
        <ShownNames names={view.names} texts={texts} lang={context.lang} />
      </Fact>
      <Fact term={texts.state}>{texts.states[view.state]}</Fact>
      <Fact term={texts.since}>
        <Instant at={view.judgedAt} lang={context.lang} />
      </Fact>
      <Fact term={texts.identifier}>
        <code class="address">{view.organizationIdentifier}</code>
      </Fact>
      {view.contacts.length > 0 && (
        <Fact term={texts.contacts}>
          {view.contacts.map((contact, index) => (
            <span key={contact}>
              {index > 0 && ', '}
              <bdi>{contact}</bdi>
            </span>
          ))}
        </Fact>
      )}
      <Fact term={texts.client}>
        <code class="address">{view.clientId}</code>
      </Fact>
      <Fact term={texts.brand}>
        {view.brand}, {shell.environment[view.environment]}
      </Fact>
    </dl>
  );
}

function Doubts({ view, texts: { console } }: ReviewParts) {
  const { names: texts } = console;
  return (
    <section aria-labelledby="why">
      <h2 id="why">{texts.why}</h2>
      {view.doubts.length === 0 ? (
        <p>{texts.noDoubts}</p>
      ) : (
        <ul class="plain">
          {view.doubts.map(({ kind, detail }, index) => (
            <li key={index}>
              {texts.doubts[kind]}
              {detail !== undefined && (
                <p class="hint">
                  <Prose text={texts.doubtOf} values={{ name: <Name>{detail}</Name> }} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Decision({ view, texts: { console } }: ReviewParts) {
  const { names: texts } = console;
  if (view.answer === undefined) return <p>{console.answer.onlyLooks}</p>;
  return (
    <AnswerForm
      answer={view.answer}
      hint={texts.reasonHint}
      outcomes={[texts.ifRelease, texts.ifRefuse]}
      yes={{ value: 'release', label: texts.release }}
      refuse={texts.refuse}
      texts={console.answer}
    />
  );
}
