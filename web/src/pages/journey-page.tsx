import type { PageContext } from '../page-context.js';
import { JourneyStep } from '../parts/journey-step.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import { type JourneyView, journeySteps } from '../views/journey-view.js';

const page = 'journey';

/** The journey of a third party, step by step, with the code for it; and after the button, what was really sent and answered. */
export function renderJourneyPage(context: PageContext, view: JourneyView): string {
  const words = textsOf(context.lang).journey;
  const { report, facts } = view;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: page },
    heading: words.heading,
    lede: words.lede,
    body: (
      <>
        {report !== undefined && <Result view={view} context={context} />}
        <Start view={view} context={context} />
        <section aria-labelledby="code">
          <h2 id="code">{words.code}</h2>
          <p>{words.codeText}</p>
        </section>
        <ol class="journey">
          {journeySteps.map((name, index) => (
            <JourneyStep
              key={name}
              position={index + 1}
              name={name}
              report={report?.steps.find((each) => each.name === name)}
              facts={facts}
              lang={context.lang}
            />
          ))}
        </ol>
      </>
    ),
  });
}

interface PartProps {
  readonly view: JourneyView;
  readonly context: PageContext;
}

function Result({ view, context }: PartProps) {
  const words = textsOf(context.lang).journey;
  const held = view.report?.held === true;
  return (
    <section aria-labelledby="result">
      <h2 id="result">{words.result}</h2>
      <p class={`outcome outcome-${held ? 'pass' : 'fail'}`}>
        <span class="sign" aria-hidden="true">
          {held ? '✓' : '✕'}
        </span>
        {held ? words.held : words.failed}
      </p>
      <p>
        {words.removed} {words.abridged}
      </p>
    </section>
  );
}

function Start({ view, context }: PartProps) {
  const words = textsOf(context.lang).journey;
  if (view.unavailable !== undefined) {
    return (
      <p>
        <Prose text={words.unavailable[view.unavailable]} />
      </p>
    );
  }
  return (
    <section aria-labelledby="run">
      <h2 id="run">{words.what}</h2>
      {view.report === undefined && (
        <>
          <p>{words.whatText}</p>
          <p>{words.promise}</p>
        </>
      )}
      <form method="post" action={view.navigation[page]} class="paste">
        <input type="hidden" name="form_token" value={view.formToken} />
        <p>
          <button type="submit">{view.report === undefined ? words.button : words.again}</button>
        </p>
        <p class="hint">{words.patience}</p>
      </form>
    </section>
  );
}
