import type { PageContext } from '../page-context.js';
import { CodeWords } from '../parts/code-words.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { Table } from '../parts/table.js';
import { textsOf } from '../texts/texts-of.js';
import type { DeviationsView } from '../views/deviations-view.js';
import type { PortalFacts } from '../views/portal-facts.js';

/** Where the interface differs from the standards: the list that is kept beside the code, as it is. */
export function renderDeviationsPage(context: PageContext, facts: PortalFacts, { standards }: DeviationsView): string {
  const { articles, articleWords } = textsOf(context.lang);
  const text = articles.deviations;
  return renderPortalPage(context, {
    place: { navigation: facts.navigation, current: 'deviations' },
    heading: text.heading,
    lede: text.lede,
    body: (
      <>
        <p>{articleWords.englishOnly}</p>
        {standards.map(({ title, remarks, columns, rows }, index) => (
          <section key={title} aria-labelledby={`standard-${index + 1}`} lang="en">
            <h2 id={`standard-${index + 1}`}>{title}</h2>
            {remarks.map((remark) => (
              <p key={remark}>
                <CodeWords text={remark} />
              </p>
            ))}
            {rows.length > 0 && (
              <Table
                caption={title}
                captionHidden
                columns={columns}
                rows={rows.map((cells) => cells.map((cell) => <CodeWords key={cell} text={cell} />))}
              />
            )}
          </section>
        ))}
      </>
    ),
  });
}
