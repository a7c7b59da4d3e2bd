import type { PageContext } from '../page-context.js';
import { AddressesTable } from '../parts/addresses-table.js';
import { CodeExample } from '../parts/code-example.js';
import { Exchange } from '../parts/exchange.js';
import { renderArticle } from '../parts/render-article.js';
import { Table } from '../parts/table.js';
import type { Capability } from '../texts/article-texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';

const capabilities: readonly Capability[] = [
  'pushed_authorization_request_endpoint',
  'revocation_endpoint',
  'introspection_endpoint',
  'userinfo_endpoint',
];

/** The OAuth 2 endpoints: addresses, parameters, lifetimes, and the metadata as they are answered. */
export function renderOauth2EndpointsPage(context: PageContext, facts: PortalFacts): string {
  const texts = textsOf(context.lang);
  const words = texts.articleWords;
  return renderArticle(context, {
    page: 'oauth2-endpoints',
    text: texts.articles['oauth2-endpoints'],
    facts,
    below: {
      endpoints: facts.environments.map((addresses) => (
        <AddressesTable key={addresses.environment} addresses={addresses} texts={texts} />
      )),
      token: (
        <>
          {(['token-by-code', 'refused-code-reused', 'refused-token-certificate', 'token-of-client'] as const).map(
            (name) => (
              <Exchange key={name} name={name} facts={facts} texts={texts} />
            ),
          )}
        </>
      ),
      refreshing: <Exchange name="token-by-refresh" facts={facts} texts={texts} />,
      offered: (
        <Table
          caption={words.capability}
          captionHidden
          columns={[words.capability, words.offered]}
          rows={capabilities.map((name) => [
            words.capabilities[name],
            <Offered key="at" at={facts.metadata[name]} not={words.notOffered} />,
          ])}
        />
      ),
      metadata: (
        <>
          <CodeExample title={words.example} text={JSON.stringify(facts.metadata, null, 2)} />
          <p>
            <a href={facts.navigation['oauth2-reference']}>{texts.shell.pages['oauth2-reference']}</a>
          </p>
        </>
      ),
    },
  });
}

function Offered({ at, not }: { readonly at: unknown; readonly not: string }) {
  return typeof at === 'string' ? <code class="address">{at}</code> : <span>{not}</span>;
}
