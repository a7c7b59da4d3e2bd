import type { PageContext } from '../page-context.js';
import { AddressesTable } from '../parts/addresses-table.js';
import { CodeExample } from '../parts/code-example.js';
import { Exchange } from '../parts/exchange.js';
import { Prose } from '../parts/prose.js';
import { renderArticle } from '../parts/render-article.js';
import type { Texts } from '../texts/texts.js';
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
        <div key="test">
          <p>
            <Prose
              text={texts.articleWords.testCertificates[facts.testCertificates]}
              values={{ address: `${issuer}/certificates` }}
            />
          </p>
          {facts.testCertificates !== 'none' && <Requests facts={facts} texts={texts} />}
        </div>
      )),
      first: (
        <>
          {sandbox.map(({ certificateCheck }) => (
            <CodeExample
              key="command"
              title={texts.articleWords.command}
              text={`curl ${certificateCheck} \\\n  --cert qwac-path.pem --key qwac-key.pem \\\n  --cacert ca.pem`}
            />
          ))}
          <p>
            <a href={facts.navigation.journey}>{texts.shell.pages.journey}</a>
          </p>
        </>
      ),
      addresses: sandbox.map((addresses) => <AddressesTable key="sandbox" addresses={addresses} texts={texts} />),
    },
  });
}

function Requests({ facts, texts }: { readonly facts: PortalFacts; readonly texts: Texts }) {
  return (
    <>
      <RequestLink facts={facts} texts={texts} />
      {(['certificates-apply', 'refused-one-key', 'certificates-revoke'] as const).map((name) => (
        <Exchange key={name} name={name} facts={facts} texts={texts} />
      ))}
      <p>
        <a href={facts.navigation['sandbox-reference']}>{texts.shell.pages['sandbox-reference']}</a>
      </p>
    </>
  );
}

function RequestLink({ facts: { navigation }, texts }: { readonly facts: PortalFacts; readonly texts: Texts }) {
  const link = <a href={navigation['test-certificates']}>{texts.testCertificates.request.heading}</a>;
  return (
    <p>
      <Prose text={texts.articleWords.testCertificatesInBrowser} values={{ link }} />
    </p>
  );
}
