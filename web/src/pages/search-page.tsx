import { plural } from '../format/plural.js';
import type { PageContext } from '../page-context.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { SearchView } from '../views/search-view.js';

/** What the portal says about the words asked for. */
export function renderSearchPage(context: PageContext, view: SearchView): string {
  const { search } = textsOf(context.lang).articleWords;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'search', query: view.query },
    heading: search.heading,
    lede: search.lede,
    body: (
      <>
        {view.query === '' && (
          <p>
            <Prose text={search.hint} />
          </p>
        )}
        {view.query !== '' && <Results view={view} context={context} />}
      </>
    ),
  });
}

function Results({ view, context }: { readonly view: SearchView; readonly context: PageContext }) {
  const { search } = textsOf(context.lang).articleWords;
  if (view.results.length === 0) return <p role="status">{search.none}</p>;
  return (
    <>
      <p role="status">{plural(view.results.length, search.results, context.lang)}</p>
      <ol class="results">
        {view.results.map(({ href, page, heading, excerpt }) => (
          <li key={href}>
            <a href={href}>{heading}</a>
            <p class="hint">{page}</p>
            <p>{excerpt}</p>
          </li>
        ))}
      </ol>
    </>
  );
}
