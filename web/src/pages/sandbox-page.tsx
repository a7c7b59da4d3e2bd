import type { PageContext } from '../page-context.js';
import { AddressesTable } from '../parts/addresses-table.js';
import { CodeExample } from '../parts/code-example.js';
import { Prose } from '../parts/prose.js';
import { renderArticle } from '../parts/render-article.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';

/** The sandbox: what is the same, who its customers are, and every address. */
export function renderSandboxPage(context: PageContext, facts: PortalFacts): string {
  const texts = textsOf(context.lang);
  const sandbox = facts.environments.filter(({ environment }) => environment === 'sandbox');
  return renderArticle(context, {
    page: 'sandbox',
    text: texts.articles.sandbox,
    facts,
    below: {
      certificates: sandbox.map(({ issuer }) => (
        <p key="test">
          <Prose
            text={texts.articleWords.testCertificates[facts.testCertificates]}
            values={{ address: `${issuer}/certificates` }}
          />
        </p>
      )),
      first: sandbox.map(({ certificateCheck }) => (
        <CodeExample
          key="command"
          title={texts.articleWords.command}
          text={`curl ${certificateCheck} \\\n  --cert qwac-path.pem --key qwac-key.pem \\\n  --cacert ca.pem`}
        />
      )),
      addresses: sandbox.map((addresses) => <AddressesTable key="sandbox" addresses={addresses} texts={texts} />),
    },
  });
}
