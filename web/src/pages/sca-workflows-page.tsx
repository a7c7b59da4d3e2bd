import type { PageContext } from '../page-context.js';
import { renderArticle } from '../parts/render-article.js';
import { type DrawingActor, ToldDrawing } from '../parts/told-drawing.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';

const agreement: readonly (readonly [DrawingActor, DrawingActor])[] = [
  ['tpp', 'browser'],
  ['browser', 'bank'],
  ['bank', 'browser'],
  ['browser', 'bank'],
  ['browser', 'tpp'],
  ['tpp', 'bank'],
  ['bank', 'tpp'],
  ['tpp', 'bank'],
  ['bank', 'tpp'],
];

const renewal: readonly (readonly [DrawingActor, DrawingActor])[] = [
  ['tpp', 'bank'],
  ['bank', 'trust'],
  ['bank', 'tpp'],
];

/** How a customer gives access and how it goes on, drawn and told. */
export function renderScaWorkflowsPage(context: PageContext, facts: PortalFacts): string {
  const { articles, articleWords } = textsOf(context.lang);
  const bank = context.brand.name;
  return renderArticle(context, {
    page: 'sca-workflows',
    text: articles['sca-workflows'],
    facts,
    below: {
      agreement: (
        <ToldDrawing
          id="agreement-drawing"
          words={articleWords.agreement}
          bank={bank}
          actors={['tpp', 'browser', 'bank']}
          ends={agreement}
        />
      ),
      renewal: (
        <ToldDrawing
          id="renewal-drawing"
          words={articleWords.renewal}
          bank={bank}
          actors={['tpp', 'bank', 'trust']}
          ends={renewal}
        />
      ),
    },
  });
}
