import type { PageContext } from '../page-context.js';
import { renderArticle } from '../parts/render-article.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';

/** The published statistics: what will be there, as nothing is yet. */
export function renderStatisticsPage(context: PageContext, facts: PortalFacts): string {
  const { articles, shell } = textsOf(context.lang);
  return renderArticle(context, {
    page: 'statistics',
    text: articles.statistics,
    facts,
    below: {
      instead: (
        <p>
          <a href={facts.navigation.status}>{shell.pages.status}</a>
        </p>
      ),
    },
  });
}
