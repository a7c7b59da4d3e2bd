import type { SiteContext } from '../../page-context.js';
import { ErrorSummary } from '../../parts/error-summary.js';
import { Name } from '../../parts/name.js';
import { Table } from '../../parts/table.js';
import { TextField } from '../../parts/text-field.js';
import type { Texts } from '../../texts/texts.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ClientSearchView } from '../../views/client-standing-view.js';
import type { ConsolePlace } from '../../views/console-view.js';
import { renderConsolePage } from './render-console-page.js';

interface SearchParts {
  readonly view: ClientSearchView;
  readonly texts: Texts;
}

/** Finds the registrations of third parties by what names them exactly. */
export function renderClientsPage(context: SiteContext, place: ConsolePlace, view: ClientSearchView): string {
  const texts = textsOf(context.lang);
  const { clients: words, answer } = texts.console;
  const { problem } = view;
  return renderConsolePage(context, place, {
    title: words.heading,
    wrong: problem !== undefined,
    body: (
      <>
        {problem && (
          <ErrorSummary
            title={answer.problemTitle}
            problems={[{ field: 'sought', message: words.searchProblems[problem] }]}
          />
        )}
        <h1>{words.heading}</h1>
        <p class="lede">{words.lede}</p>
        <SearchForm view={view} texts={texts} />
        {view.found && <Found view={view} texts={texts} />}
      </>
    ),
  });
}

function SearchForm({ view, texts: { console } }: SearchParts) {
  const { clients: words } = console;
  return (
    <form method="get" action={view.action} noValidate>
      <TextField
        name="sought"
        label={words.sought}
        type="text"
        autocomplete="off"
        value={view.sought}
        hint={words.soughtHint}
        error={view.problem && words.searchProblems[view.problem]}
      />
      <div class="buttons">
        <button type="submit">{words.find}</button>
      </div>
    </form>
  );
}

function Found({ view, texts: { console, shell } }: SearchParts) {
  const { clients: words } = console;
  const found = view.found ?? [];
  return (
    <section aria-labelledby="found">
      <h2 id="found">{words.found}</h2>
      {found.length === 0 ? (
        <p role="status">{words.none}</p>
      ) : (
        <Table
          caption={words.found}
          captionHidden
          columns={[words.client, words.application, words.legalName, words.brand, words.state]}
          rows={found.map(({ address, clientId, clientName, legalName, brand, environment, isSuspended }) => [
            <a key="open" class="row-link" href={address}>
              <code class="address">{clientId}</code>
            </a>,
            <Name key="name">{clientName}</Name>,
            <Name key="legal">{legalName}</Name>,
            `${brand}, ${shell.environment[environment]}`,
            isSuspended ? words.states.suspended : words.states.active,
          ])}
        />
      )}
      {view.isCut && <p class="hint">{words.more}</p>}
    </section>
  );
}
