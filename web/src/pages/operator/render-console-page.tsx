import type { ComponentChildren } from 'preact';
import type { SiteContext } from '../../page-context.js';
import { renderPage } from '../../parts/render-page.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ConsolePlace } from '../../views/console-view.js';

interface ConsolePageParts {
  readonly title: string;
  /** A form came back: the title says so first. */
  readonly wrong?: boolean;
  readonly body: ComponentChildren;
}

/** A page of the console around its body: menu, who is signed in, the way out. */
export function renderConsolePage(
  context: SiteContext,
  place: ConsolePlace,
  { title, wrong = false, body }: ConsolePageParts,
): string {
  return renderPage(context, {
    reader: 'operator',
    owner: place.installation,
    console: place,
    title: (wrong ? textsOf(context.lang).request.problemPrefix : '') + title,
    body,
  });
}
