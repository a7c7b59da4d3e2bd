import type { PageContext } from '../page-context.js';
import { Fact } from '../parts/fact.js';
import { Findings } from '../parts/findings.js';
import { Instant } from '../parts/instant.js';
import { PastedProblemSummary } from '../parts/pasted-problem.js';
import { PastedText } from '../parts/pasted-text.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { InspectorView } from '../views/inspector-view.js';

const page = 'certificate-inspector';
const signs = {
  qualified: ['✓', 'pass'],
  'not-qualified': ['✕', 'fail'],
  indeterminate: ['?', 'indeterminate'],
} as const;

/** The certificate inspector: a form, and below it what every rule found. */
export function renderInspectorPage(context: PageContext, view: InspectorView): string {
  const { tools } = textsOf(context.lang);
  const words = tools.inspector;
  return renderPage(context, {
    reader: 'developer',
    title: words.heading,
    portal: { navigation: view.navigation, current: page },
    body: (
      <>
        {view.problem && <PastedProblemSummary problem={view.problem} field="certificate" texts={tools} />}
        <h1>{words.heading}</h1>
        <p class="lede">{words.lede}</p>
        {view.result && <Result result={view.result} context={context} errors={view.navigation.errors} />}
        <form method="post" action={view.navigation[page]} class="paste">
          <PastedText
            name="certificate"
            label={words.field}
            hint={words.hint}
            text={view.text}
            rows={10}
            wrong={view.problem !== undefined}
          />
          <fieldset class="choice">
            <legend>{words.use}</legend>
            {(['website', 'seal'] as const).map((use) => (
              <p key={use}>
                <input type="radio" id={`use-${use}`} name="use" value={use} checked={view.use === use} />
                <label for={`use-${use}`}>{words.uses[use]}</label>
              </p>
            ))}
          </fieldset>
          <p class="hint">{tools.kept}</p>
          <p>
            <button type="submit">{words.button}</button>
          </p>
        </form>
      </>
    ),
  });
}

interface ResultProps {
  readonly result: NonNullable<InspectorView['result']>;
  readonly context: PageContext;
  readonly errors: string;
}

function Result({ result, context, errors }: ResultProps) {
  const words = textsOf(context.lang).tools.inspector;
  const [sign, kind] = signs[result.outcome];
  const until = {
    from: <Instant at={result.notBefore} lang={context.lang} />,
    until: <Instant at={result.notAfter} lang={context.lang} />,
  };
  return (
    <section aria-labelledby="result">
      <h2 id="result">{words.result}</h2>
      <p class={`outcome outcome-${kind}`}>
        <span class="sign" aria-hidden="true">
          {sign}
        </span>
        {words.outcomes[result.outcome]}
      </p>
      <dl class="facts">
        {result.code !== undefined && (
          <Fact term={words.refusedWith}>
            <a href={`${errors}#${result.code}`}>
              <code>{result.code}</code>
            </a>
          </Fact>
        )}
        <Fact term={words.subject}>
          <bdi>{result.subject}</bdi>
        </Fact>
        <Fact term={words.issuer}>
          <bdi>{result.issuer}</bdi>
        </Fact>
        <Fact term={words.validity}>
          <Prose text={words.from} values={until} />
        </Fact>
        <Fact term={words.thumbprint}>
          <code>{result.thumbprint}</code>
        </Fact>
      </dl>
      <h3>{words.findings}</h3>
      <Findings findings={result.findings} lang={context.lang} />
    </section>
  );
}
