import { formatBytes } from '../format/format-bytes.js';
import type { PageContext } from '../page-context.js';
import { CodeExample } from '../parts/code-example.js';
import { renderArticle } from '../parts/render-article.js';
import { Table } from '../parts/table.js';
import type { LimitName } from '../texts/article-texts.js';
import type { Texts } from '../texts/texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts, SignatureFacts } from '../views/portal-facts.js';

const limits: readonly LimitName[] = [
  'bodyBytes',
  'headBytes',
  'headers',
  'registrationsPerMinute',
  'updatesPerMinute',
  'wrongTokensPerMinute',
  'clientsPerOrganization',
];

/** The open-banking API: resources, headers, signature, pages, limits. */
export function renderOpenBankingApiPage(context: PageContext, facts: PortalFacts): string {
  const texts = textsOf(context.lang);
  const words = texts.articleWords;
  return renderArticle(context, {
    page: 'open-banking-api',
    text: texts.articles['open-banking-api'],
    facts,
    below: {
      resources: <Resources facts={facts} texts={texts} />,
      call: <CodeList names={facts.signature.headers} />,
      signature: (
        <>
          <Covered signature={facts.signature} texts={texts} />
          <CodeExample title={words.signingString} text={facts.signature.example} />
          <p>
            <a href={facts.navigation['signing-bench']}>{texts.shell.pages['signing-bench']}</a>
          </p>
        </>
      ),
      limits: <Limits facts={facts} texts={texts} context={context} />,
      refusals: (
        <p>
          <a href={facts.navigation.errors}>{texts.errorsPage.heading}</a>
          {' · '}
          <a href={facts.navigation['accounts-reference']}>{texts.shell.pages['accounts-reference']}</a>
        </p>
      ),
    },
  });
}

interface Given {
  readonly facts: PortalFacts;
  readonly texts: Texts;
}

function Resources({ facts, texts }: Given) {
  const words = texts.articleWords;
  return (
    <>
      <Table
        caption={texts.articles['open-banking-api'].sections.resources.heading}
        captionHidden
        columns={[words.path, words.method, words.scope]}
        rows={facts.resources.map(({ method, path, scope }) => [
          <code key="path" class="address">
            {path}
          </code>,
          method,
          <code key="scope">{scope}</code>,
        ])}
      />
      <ul class="calls">
        {facts.environments
          .filter(({ api }) => api !== undefined)
          .map(({ environment, api }) => (
            <li key={environment}>
              {texts.shell.environment[environment]} <code class="address">{api}</code>
            </li>
          ))}
      </ul>
    </>
  );
}

function Covered({ signature, texts }: { readonly signature: SignatureFacts; readonly texts: Texts }) {
  const { header, when, covered } = texts.articleWords;
  return (
    <Table
      caption={header}
      columns={[when, header]}
      rows={[
        [covered.always, <CodeList key="names" names={signature.covered} />],
        [covered.withBody, <CodeList key="names" names={signature.coveredWithBody} />],
        [covered.psu, <code key="names">psu-*</code>],
      ]}
    />
  );
}

function CodeList({ names }: { readonly names: readonly string[] }) {
  return (
    <ul class="plain">
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );
}

function Limits({ facts, texts, context }: Given & { readonly context: PageContext }) {
  const words = texts.articleWords;
  const number = new Intl.NumberFormat(context.lang);
  const shown = (name: LimitName) =>
    name.endsWith('Bytes') ? formatBytes(facts.counts[name], texts) : number.format(facts.counts[name]);
  return (
    <Table
      caption={texts.articles['open-banking-api'].sections.limits.heading}
      captionHidden
      columns={[words.limit, words.value]}
      rows={limits.map((name) => [words.limits[name], shown(name)])}
    />
  );
}
