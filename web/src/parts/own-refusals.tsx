import type { PageContext } from '../page-context.js';
import { textsOf } from '../texts/texts-of.js';
import type { OwnRefusal } from '../views/own-registrations-view.js';
import { Fact } from './fact.js';
import { Findings } from './findings.js';
import { Instant } from './instant.js';

interface OwnRefusalsProps {
  readonly refusals: readonly OwnRefusal[];
  /** Address of the errors page. */
  readonly errors: string;
  readonly context: PageContext;
}

/** What was refused, newest first: code, cause, remedy, what the rules found, and the reference to quote. */
export function OwnRefusals({ refusals, errors, context }: OwnRefusalsProps) {
  const words = textsOf(context.lang).own;
  const findingsOf = ({ findings }: OwnRefusal) => JSON.stringify(findings);
  return (
    <section aria-labelledby="refusals">
      <h2 id="refusals">{words.refusals}</h2>
      <p>{refusals.length === 0 ? words.noRefusals : words.refusalsText}</p>
      {refusals.map((refusal, index) => {
        const before = refusals[index - 1];
        const repeated =
          refusal.findings.length > 0 && before !== undefined && findingsOf(before) === findingsOf(refusal);
        const parts = { refusal, errors, context, repeated };
        return <Refused key={refusal.correlationId} {...parts} />;
      })}
    </section>
  );
}

interface RefusedProps extends Omit<OwnRefusalsProps, 'refusals'> {
  readonly refusal: OwnRefusal;
  /** The findings are those of the refusal above. */
  readonly repeated: boolean;
}

function Refused({ refusal, errors, context: { lang }, repeated }: RefusedProps) {
  const { own: words, refusals } = textsOf(lang);
  const { method, route, code, at, correlationId, findings } = refusal;
  return (
    <article class="refused">
      <h3>
        <a href={`${errors}#${code}`}>
          <code>{code}</code>
        </a>
      </h3>
      <p>
        {refusals[code].meaning} {refusals[code].remedy}
      </p>
      <p class="hint">
        <Instant at={at} lang={lang} /> ·{' '}
        {route ? <code class="address">{`${method ?? ''} ${route}`.trim()}</code> : words.noAddress}
      </p>
      <dl class="facts">
        <Fact term={words.reference}>
          <code class="correlation">{correlationId}</code>
        </Fact>
      </dl>
      {repeated ? <p>{words.sameFindings}</p> : <Findings findings={findings} lang={lang} />}
    </article>
  );
}
