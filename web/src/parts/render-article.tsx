import type { ComponentChildren } from 'preact';
import { formatBytes } from '../format/format-bytes.js';
import { formatDuration } from '../format/format-duration.js';
import type { PageContext } from '../page-context.js';
import type { ArticleText, SectionText } from '../texts/article-text.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';
import type { PortalPage } from '../views/portal-navigation.js';
import { Prose } from './prose.js';
import { renderPortalPage } from './render-portal-page.js';

type Values = Readonly<Record<string, ComponentChildren>>;

export interface Article<Section extends string> {
  readonly page: PortalPage;
  readonly text: ArticleText<Section>;
  readonly facts: PortalFacts;
  /** What stands below the text of a section: tables, drawings, examples. */
  readonly below?: Partial<Record<Section, ComponentChildren>>;
}

/** An article of the portal: its sections with every `{name}` filled in from the facts. */
export function renderArticle<Section extends string>(context: PageContext, article: Article<Section>): string {
  const { page, text, facts, below = {} } = article;
  const values = valuesOf(context, facts);
  const sections = Object.entries(text.sections) as [Section, SectionText][];
  return renderPortalPage(context, {
    place: { navigation: facts.navigation, current: page },
    heading: text.heading,
    lede: <Prose text={text.lede} values={values} />,
    body: (
      <>
        {sections.map(([id, section]) => (
          <section key={id} aria-labelledby={id}>
            <h2 id={id}>{section.heading}</h2>
            <Words section={section} values={values} />
            {(below as Partial<Record<string, ComponentChildren>>)[id]}
          </section>
        ))}
      </>
    ),
  });
}

function Words({ section, values }: { readonly section: SectionText; readonly values: Values }) {
  return (
    <>
      {section.paragraphs.map((text) => (
        <p key={text}>
          <Prose text={text} values={values} />
        </p>
      ))}
      {section.points && (
        <ul>
          {section.points.map((text) => (
            <li key={text}>
              <Prose text={text} values={values} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Every fact under its own name, in the words of the page's language. */
function valuesOf(context: PageContext, facts: PortalFacts): Values {
  const { lang } = context;
  const texts = textsOf(lang);
  const durations = Object.entries(facts.seconds).map(([name, seconds]) => [name, formatDuration(seconds, lang)]);
  const numbers = Object.entries(facts.counts).map(([name, count]) => [
    name,
    name.endsWith('Bytes') ? formatBytes(count, texts) : new Intl.NumberFormat(lang).format(count),
  ]);
  const warningDays = new Intl.ListFormat(lang).format(facts.warningDays.map(String));
  return { bank: context.brand.name, warningDays, ...Object.fromEntries([...durations, ...numbers]) };
}
