import type { PageContext } from '../page-context.js';
import { textsOf } from '../texts/texts-of.js';
import type { InspectionResult } from '../views/inspector-view.js';
import { Fact } from './fact.js';
import { Findings } from './findings.js';
import { Instant } from './instant.js';
import { Prose } from './prose.js';

const signs = {
  qualified: ['✓', 'pass'],
  'not-qualified': ['✕', 'fail'],
  indeterminate: ['?', 'indeterminate'],
} as const;

interface InspectionProps {
  readonly result: InspectionResult;
  readonly context: PageContext;
  readonly errors: string;
}

/** The verdict on a certificate, what it is, and what every rule found. */
export function Inspection({ result, context, errors }: InspectionProps) {
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
