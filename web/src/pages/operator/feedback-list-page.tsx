import type { SiteContext } from '../../page-context.js';
import { Instant } from '../../parts/instant.js';
import { Table } from '../../parts/table.js';
import { Written } from '../../parts/written.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ConsolePlace } from '../../views/console-view.js';
import type { FeedbackListView } from '../../views/feedback-view.js';
import { renderConsolePage } from './render-console-page.js';

const longestBeginning = 120;

/** What visitors of the portal wrote: open messages first, newest first. */
export function renderFeedbackListPage(context: SiteContext, place: ConsolePlace, view: FeedbackListView): string {
  const { console, contact } = textsOf(context.lang);
  const { feedback: texts } = console;
  return renderConsolePage(context, place, {
    title: texts.heading,
    body: (
      <>
        <h1>{texts.heading}</h1>
        <p class="lede">{texts.lede}</p>
        {view.messages.length === 0 ? (
          <p>{texts.none}</p>
        ) : (
          <Table
            caption={texts.heading}
            captionHidden
            columns={[texts.message, texts.kind, texts.brand, texts.received, texts.state]}
            rows={view.messages.map(({ address, message, kind, brand, receivedAt, isOpen }) => [
              <a key="open" class="row-link" href={address}>
                <Written text={beginningOf(message)} />
              </a>,
              contact.kinds[kind],
              brand,
              <Instant key="at" at={receivedAt} lang={context.lang} />,
              isOpen ? texts.states.open : texts.states.closed,
            ])}
          />
        )}
        {view.isCut && <p class="hint">{texts.more}</p>}
      </>
    ),
  });
}

function beginningOf(message: string): string {
  const letters = [...message.replaceAll(/\s+/g, ' ')];
  return letters.length <= longestBeginning ? letters.join('') : `${letters.slice(0, longestBeginning).join('')}…`;
}
