import { plural } from '../../format/plural.js';
import type { SiteContext } from '../../page-context.js';
import { Instant } from '../../parts/instant.js';
import { Prose } from '../../parts/prose.js';
import { StateMark } from '../../parts/state-mark.js';
import { Table } from '../../parts/table.js';
import type { Texts } from '../../texts/texts.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ConsoleStartView } from '../../views/console-start-view.js';
import type { ConsolePlace } from '../../views/console-view.js';
import { renderConsolePage } from './render-console-page.js';

interface StartParts {
  readonly context: SiteContext;
  readonly place: ConsolePlace;
  readonly view: ConsoleStartView;
  readonly texts: Texts;
}

/** The first page of the console: what waits, what is to look at, and how things are. */
export function renderConsoleStartPage(context: SiteContext, place: ConsolePlace, view: ConsoleStartView): string {
  const texts = textsOf(context.lang);
  const parts = { context, place, view, texts };
  return renderConsolePage(context, place, {
    title: texts.console.start.heading,
    body: (
      <>
        <h1>{texts.console.start.heading}</h1>
        <Waiting {...parts} />
        <Alarms {...parts} />
        <Parts {...parts} />
      </>
    ),
  });
}

function Waiting({ context, place, view, texts }: StartParts) {
  const { start } = texts.console;
  const rows = (['requests', 'names', 'feedback'] as const).filter((page) => view.waiting[page] > 0);
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{start.waiting}</h2>
      {rows.length === 0 ? (
        <p>{start.nothing}</p>
      ) : (
        <ul class="calls">
          {rows.map((page) => (
            <li key={page}>
              <a href={place.navigation[page]}>{plural(view.waiting[page], start[page], context.lang)}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Alarms({ view, texts }: StartParts) {
  const { start } = texts.console;
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{start.alarms}</h2>
      {view.alarms.length === 0 ? (
        <p>{start.noAlarms}</p>
      ) : (
        <Table
          caption={start.alarms}
          captionHidden
          columns={[start.kind, start.text]}
          rows={view.alarms.map(({ kind, text }) => [
            start.alarmKinds[kind],
            <span key="text" lang="en">
              {text}
            </span>,
          ])}
        />
      )}
    </section>
  );
}

function Parts({ context, view, texts }: StartParts) {
  const { articleWords: words } = texts;
  const { start } = texts.console;
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">{start.parts}</h2>
      <Table
        caption={start.parts}
        captionHidden
        columns={[words.part, words.state, start.detail]}
        rows={view.parts.map(({ name, state, detail }) => [
          words.parts[name],
          <StateMark key="state" state={state} texts={words} />,
          <span key="detail" lang="en">
            {detail ?? '–'}
          </span>,
        ])}
      />
      <p class="hint">
        <Prose text={words.asked} values={{ time: <Instant at={view.at} lang={context.lang} /> }} />
      </p>
    </section>
  );
}
