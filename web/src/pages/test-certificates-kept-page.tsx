import type { PageContext } from '../page-context.js';
import { CodeExample } from '../parts/code-example.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { TestCertificatesKeptView } from '../views/test-certificates-view.js';

/** The answer to a request for test certificates: what to keep, and the way on. */
export function renderTestCertificatesKeptPage(context: PageContext, view: TestCertificatesKeptView): string {
  const words = textsOf(context.lang).testCertificates.kept;
  const state = view.waiting ? 'waiting' : 'issued';
  const identifier = <code>{view.organizationIdentifier}</code>;
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'test-certificates' },
    heading: words.heading[state],
    lede: <Prose text={words.lede[state]} values={{ identifier }} />,
    body: (
      <>
        <section aria-labelledby="keep">
          <h2 id="keep">{words.keepHeading}</h2>
          <p>
            <Prose text={words.keep} />
          </p>
          <CodeExample title={words.file} text={view.owner} />
          <p>
            <a class="action" href={view.mine}>
              {words.onward}
            </a>
          </p>
        </section>
      </>
    ),
  });
}
