import type { SiteContext } from '../../page-context.js';
import { Instant } from '../../parts/instant.js';
import { Name } from '../../parts/name.js';
import { Table } from '../../parts/table.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ConsolePlace } from '../../views/console-view.js';
import type { HistoryView } from '../../views/history-view.js';
import { renderConsolePage } from './render-console-page.js';

/** What was decided, by whom and why, newest first. */
export function renderHistoryPage(context: SiteContext, place: ConsolePlace, view: HistoryView): string {
  const { history: texts } = textsOf(context.lang).console;
  return renderConsolePage(context, place, {
    title: texts.heading,
    body: (
      <>
        <h1>{texts.heading}</h1>
        <p class="lede">{texts.lede}</p>
        {view.decisions.length === 0 ? (
          <p>{texts.none}</p>
        ) : (
          <Table
            caption={texts.heading}
            captionHidden
            columns={[texts.what, texts.about, texts.who, texts.when, texts.reason]}
            rows={view.decisions.map(({ kind, about, by, at, reason, brand }) => [
              brand === undefined ? texts.kinds[kind] : `${texts.kinds[kind]} (${brand})`,
              <Name key="about">{about}</Name>,
              <bdi key="by">{by}</bdi>,
              <Instant key="at" at={at} lang={context.lang} />,
              reason === undefined ? '–' : <bdi key="reason">{reason}</bdi>,
            ])}
          />
        )}
        {view.earlier !== undefined && (
          <p>
            <a class="row-link" href={view.earlier}>
              {texts.earlier}
            </a>
          </p>
        )}
      </>
    ),
  });
}
