import type { SiteContext } from '../../page-context.js';
import { Instant } from '../../parts/instant.js';
import { Name } from '../../parts/name.js';
import { Table } from '../../parts/table.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ConsolePlace } from '../../views/console-view.js';
import type { ListedNames } from '../../views/held-name-view.js';
import { renderConsolePage } from './render-console-page.js';

/** The names of applications that somebody should look at, oldest first. */
export function renderNamesPage(context: SiteContext, place: ConsolePlace, reviews: readonly ListedNames[]): string {
  const { console, shell } = textsOf(context.lang);
  const { names: texts } = console;
  return renderConsolePage(context, place, {
    title: texts.heading,
    body: (
      <>
        <h1>{texts.heading}</h1>
        <p class="lede">{texts.lede}</p>
        {reviews.length === 0 ? (
          <p>{texts.none}</p>
        ) : (
          <Table
            caption={texts.heading}
            captionHidden
            columns={[texts.names, texts.legalName, texts.brand, texts.since]}
            rows={reviews.map(({ address, names, legalName, brand, environment, judgedAt }) => [
              <a key="open" class="row-link" href={address}>
                {names.map(({ language, name }, index) => (
                  <span key={language}>
                    {index > 0 && ', '}
                    <Name>{name}</Name>
                  </span>
                ))}
              </a>,
              <Name key="legal">{legalName}</Name>,
              `${brand}, ${shell.environment[environment]}`,
              <Instant key="since" at={judgedAt} lang={context.lang} />,
            ])}
          />
        )}
      </>
    ),
  });
}
