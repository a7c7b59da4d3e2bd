import type { PageContext } from '../page-context.js';
import { Instant } from '../parts/instant.js';
import { Prose } from '../parts/prose.js';
import { renderArticle } from '../parts/render-article.js';
import { StateMark } from '../parts/state-mark.js';
import { Table } from '../parts/table.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';
import type { StatusView } from '../views/status-view.js';

/**
 * What the interface depends on and how each part is: a word and a sign, and nothing of the inside. Without a view, what the page
 * says at any moment.
 */
export function renderStatusPage(context: PageContext, facts: PortalFacts, view?: StatusView): string {
  const { articles } = textsOf(context.lang);
  return renderArticle(context, {
    page: 'status',
    text: articles.status,
    facts,
    ...(view === undefined ? {} : { below: { now: <Now context={context} view={view} /> } }),
  });
}

function Now({ context, view }: { readonly context: PageContext; readonly view: StatusView }) {
  const { articles, articleWords: words } = textsOf(context.lang);
  return (
    <>
      <Table
        caption={articles.status.sections.now.heading}
        captionHidden
        columns={[words.part, words.state]}
        rows={view.parts.map(({ name, state }) => [
          words.parts[name],
          <StateMark key="state" state={state} texts={words} />,
        ])}
      />
      <p class="hint">
        <Prose text={words.asked} values={{ time: <Instant at={view.at} lang={context.lang} /> }} />
      </p>
    </>
  );
}
