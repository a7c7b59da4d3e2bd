import type { PageContext } from '../page-context.js';
import { CodeExample } from '../parts/code-example.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { TestCertificatesKeptView } from '../views/test-certificates-view.js';

/** The answer to a request for test certificates: what to keep, and the way on. */
export function renderTestCertificatesKeptPage(context: PageContext, view: TestCertificatesKeptView): string {
  const words = textsOf(context.lang).testCertificates.kept;
  const state = view.waiting ? 'waiting' : 'issued';
  const identifier = <code>{view.organizationIdentifier}</code>;
  return renderPage(context, {
    reader: 'developer',
    title: words.heading[state],
    portal: { navigation: view.navigation, current: 'test-certificates' },
    body: (
      <>
        <h1>{words.heading[state]}</h1>
        <p class="lede">
          <Prose text={words.lede[state]} values={{ identifier }} />
        </p>
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
