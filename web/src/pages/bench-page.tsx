import type { PageContext } from '../page-context.js';
import { CodeExample } from '../parts/code-example.js';
import { explainPastedProblem } from '../parts/explain-pasted-problem.js';
import { Fact } from '../parts/fact.js';
import { PastedText } from '../parts/pasted-text.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { BenchView } from '../views/bench-view.js';

const page = 'signing-bench';

/** The signing bench: a form, and above it what came of the request that was pasted. */
export function renderBenchPage(context: PageContext, view: BenchView): string {
  const { tools } = textsOf(context.lang);
  const words = tools.bench;
  const wrong = view.problem !== undefined;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: page },
    heading: words.heading,
    lede: words.lede,
    problems: explainPastedProblem(view.problem, 'request', tools),
    body: (
      <>
        {view.result && <Result result={view.result} context={context} errors={view.navigation.errors} />}
        <form method="post" action={view.navigation[page]} class="paste">
          <PastedText
            name="request"
            label={words.request}
            hint={words.requestHint}
            text={view.request}
            rows={12}
            wrong={wrong}
          />
          <PastedText
            name="certificate"
            label={words.certificate}
            hint={words.certificateHint}
            text={view.certificate}
            rows={8}
            wrong={wrong}
          />
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
  readonly result: NonNullable<BenchView['result']>;
  readonly context: PageContext;
  readonly errors: string;
}

function Result({ result, context, errors }: ResultProps) {
  const words = textsOf(context.lang).tools.bench;
  const { ok, code, message } = result.verdict;
  return (
    <section aria-labelledby="result">
      <h2 id="result">{words.result}</h2>
      <p class={`outcome outcome-${ok ? 'pass' : 'fail'}`}>
        <span class="sign" aria-hidden="true">
          {ok ? '✓' : '✕'}
        </span>
        {ok ? words.holds : words.fails}
      </p>
      {code !== undefined && (
        <p>
          <a href={`${errors}#${code}`}>
            <code>{code}</code>
          </a>{' '}
          <span lang="en">{message}</span>
        </p>
      )}
      {result.late !== undefined && (
        <p>
          <Prose text={words.late} values={{ message: <span lang="en">{result.late}</span> }} />
        </p>
      )}
      {result.signingString !== undefined && <CodeExample title={words.signingString} text={result.signingString} />}
      <dl class="facts">
        <Fact term={words.digest}>
          <code>{result.digest}</code> <Prose text={words.octets} values={{ count: String(result.bodyOctets) }} />
        </Fact>
        <Fact term={words.kid}>
          <code>{result.kid}</code> <Prose text={words.kidMeaning} />
        </Fact>
      </dl>
    </section>
  );
}
