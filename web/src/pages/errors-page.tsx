import type { PageContext } from '../page-context.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { ErrorsView } from '../views/errors-view.js';

/** Every error code with its status, meaning and remedy; each under its own fragment, which refusals link to. */
export function renderErrorsPage(context: PageContext, view: ErrorsView): string {
  const texts = textsOf(context.lang);
  const page = texts.errorsPage;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'errors' },
    heading: page.heading,
    lede: <Prose text={page.lede} />,
    body: (
      <>
        {view.refusals.map(({ code, status, error }) => (
          <section key={code} id={code} aria-labelledby={`code-${code}`}>
            <h2 id={`code-${code}`}>
              <code>{code}</code>
            </h2>
            <dl class="facts">
              <div>
                <dt>
                  <Prose text={page.status} />
                </dt>
                <dd>
                  {status} <code>{error}</code>
                </dd>
              </div>
              <div>
                <dt>{page.meaning}</dt>
                <dd>{texts.refusals[code].meaning}</dd>
              </div>
              <div>
                <dt>{page.remedy}</dt>
                <dd>{texts.refusals[code].remedy}</dd>
              </div>
            </dl>
          </section>
        ))}
      </>
    ),
  });
}
