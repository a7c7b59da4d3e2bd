import { formatDay } from '../format/format-day.js';
import type { PageContext } from '../page-context.js';
import { Prose } from '../parts/prose.js';
import { renderArticle } from '../parts/render-article.js';
import { textsOf } from '../texts/texts-of.js';
import type { AnnouncedChange, ChangesView } from '../views/changes-view.js';
import type { PortalFacts } from '../views/portal-facts.js';

/** What the bank announces about its interface, newest first, and the feed of it. */
export function renderChangesPage(context: PageContext, facts: PortalFacts, { changes, feed }: ChangesView): string {
  const { articles, articleWords: words } = textsOf(context.lang);
  return renderArticle(context, {
    page: 'changes',
    text: articles.changes,
    facts,
    below: {
      announced: (
        <>
          {changes.length === 0 && <p>{words.noChanges}</p>}
          {changes.map((change) => (
            <Change key={change.id} change={change} lang={context.lang} />
          ))}
          <p>
            <a href={feed} type="application/atom+xml">
              {words.feed}
            </a>
          </p>
        </>
      ),
    },
  });
}

function Change({ change, lang }: { readonly change: AnnouncedChange; readonly lang: PageContext['lang'] }) {
  const { effective: inForce } = textsOf(lang).articleWords;
  const { id, title, text, announced, effective } = change;
  return (
    <article class="change" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p class="hint">
        <Day at={announced} lang={lang} />
        {effective !== undefined && (
          <>
            {' · '}
            <Prose text={inForce} values={{ date: <Day at={effective} lang={lang} /> }} />
          </>
        )}
      </p>
      <p>{text}</p>
    </article>
  );
}

function Day({ at, lang }: { readonly at: Date; readonly lang: PageContext['lang'] }) {
  return <time dateTime={at.toISOString().slice(0, 10)}>{formatDay(at, lang)}</time>;
}
