import type { PageContext } from '../page-context.js';
import { renderArticle } from '../parts/render-article.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';

/** The fallback interface, which this installation does not have, and says so. */
export function renderFallbackPage(context: PageContext, facts: PortalFacts): string {
  const { articles, shell } = textsOf(context.lang);
  return renderArticle(context, {
    page: 'fallback',
    text: articles.fallback,
    facts,
    below: {
      meanwhile: (
        <p>
          <a href={facts.navigation.status}>{shell.pages.status}</a>
        </p>
      ),
    },
  });
}
