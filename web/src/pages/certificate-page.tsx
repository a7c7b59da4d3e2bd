import type { PageContext } from '../page-context.js';
import { Prose } from '../parts/prose.js';
import { renderArticle } from '../parts/render-article.js';
import { Table } from '../parts/table.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';

/** Certificates: what they must be, how they are replaced and lost, and every rule. */
export function renderCertificatePage(context: PageContext, facts: PortalFacts): string {
  const texts = textsOf(context.lang);
  const words = texts.articleWords;
  const warned = new Intl.ListFormat(context.lang).format(facts.warningDays.map(String));
  return renderArticle(context, {
    page: 'certificate',
    text: texts.articles.certificate,
    facts,
    below: {
      check: (
        <>
          <ul class="calls">
            {facts.environments.map(({ environment, certificateCheck }) => (
              <li key={environment}>
                {texts.shell.environment[environment]} <code class="address">GET {certificateCheck}</code>
              </li>
            ))}
          </ul>
          <p>
            <a href={facts.navigation['certificate-inspector']}>{texts.shell.pages['certificate-inspector']}</a>
          </p>
        </>
      ),
      renewal: facts.warningDays.length > 0 && (
        <p>
          <Prose text={words.warned} values={{ days: warned }} />
        </p>
      ),
      rules: <Rules facts={facts} lang={context.lang} />,
    },
  });
}

function Rules({ facts, lang }: { readonly facts: PortalFacts; readonly lang: PageContext['lang'] }) {
  const { rule, clause, refusal } = textsOf(lang).articleWords;
  return (
    <Table
      caption={rule}
      captionHidden
      columns={[rule, clause, refusal]}
      rows={facts.rules.map(({ title, clause: cited, refusal: code }) => [
        <span key="rule" lang="en">
          {title}
        </span>,
        <span key="clause" lang="en">
          {cited}
        </span>,
        <a key="code" href={`${facts.navigation.errors}#${code}`}>
          <code class="address">{code}</code>
        </a>,
      ])}
    />
  );
}
