import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.js';
import { textsOf } from '../texts/texts-of.js';
import { ErrorSummary, type FieldProblem } from './error-summary.js';
import type { PortalPlace } from './portal-menu.js';
import { renderPage } from './render-page.js';

interface PortalPageParts {
  readonly place: PortalPlace;
  readonly heading: string;
  /** What the page is about; search engines are told it too. */
  readonly lede: ComponentChildren;
  /** What is wrong with the form that was sent, under a title of its own. */
  readonly problems?: { readonly title: string; readonly list: readonly FieldProblem[] };
  readonly body: ComponentChildren;
}

/** A page of the developer portal: what is wrong with a form, heading, lede, then its own. */
export function renderPortalPage(context: PageContext, parts: PortalPageParts): string {
  const { place, heading, lede, problems, body } = parts;
  const isWrong = problems !== undefined && problems.list.length > 0;
  return renderPage(context, {
    reader: 'developer',
    title: (isWrong ? textsOf(context.lang).request.problemPrefix : '') + heading,
    portal: place,
    body: (
      <>
        {isWrong && <ErrorSummary title={problems.title} problems={problems.list} />}
        <h1>{heading}</h1>
        <p class="lede">{lede}</p>
        {body}
      </>
    ),
  });
}
