import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageContext, SiteContext } from '../page-context.js';
import type { Texts } from '../texts/texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { ConsolePlace } from '../views/console-view.js';
import { addDescription } from './add-description.js';
import { ConsoleMenu } from './console-menu.js';
import { LanguageSwitch } from './language-switch.js';
import { Notice } from './notice.js';
import { PortalMap, PortalMenu, type PortalPlace } from './portal-menu.js';
import { Prose } from './prose.js';

interface PageParts {
  /** Plain text of the title, without the name of the brand. */
  readonly title: string;
  /** Who reads it: a payment service user, one column; a developer or the bank's own staff, a wide page. */
  readonly reader: 'psu' | 'developer' | 'operator';
  /** Where the page stands in the developer portal, if it does. */
  readonly portal?: PortalPlace;
  /** Where it stands in the console of the bank's staff, if it does. */
  readonly console?: ConsolePlace;
  readonly body: ComponentChildren;
  /** Name at the top where the page belongs to no brand. */
  readonly owner?: string;
}

/** A whole HTML document around a page's body: landmarks, skip link, notice of the environment, language switch. */
export function renderPage(context: SiteContext | PageContext, parts: PageParts): string {
  const owner = parts.owner ?? ('brand' in context ? context.brand.name : 'Postern');
  const page = renderToString(
    <html lang={context.lang}>
      <Head context={context} title={`${parts.title} – ${owner}`} />
      <body class={parts.reader === 'operator' ? 'developer' : parts.reader}>
        <Top context={context} parts={parts} owner={owner} />
        <main id="main" tabIndex={-1}>
          {parts.body}
        </main>
        {parts.portal && <PortalMap place={parts.portal} texts={textsOf(context.lang).shell} />}
        <Footer owner={owner} reader={parts.reader} texts={textsOf(context.lang)} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${parts.reader === 'developer' ? addDescription(page) : page}\n`;
}

function Head({ context, title }: { readonly context: SiteContext; readonly title: string }) {
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title}</title>
      <link rel="icon" href="data:," />
      {context.stylesheets.map((href) => (
        <link key={href} rel="stylesheet" href={href} />
      ))}
    </head>
  );
}

interface TopProps {
  readonly context: SiteContext | PageContext;
  readonly parts: PageParts;
  readonly owner: string;
}

function Top({ context, parts, owner }: TopProps) {
  const texts = textsOf(context.lang).shell;
  return (
    <>
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <header class="top">
        <div class="top-row">
          <p class="owner">
            <span class="owner-name">{owner}</span>
            {'environment' in context && showsEnvironment(context, parts.reader) && (
              <span class="tag">{texts.environment[context.environment]}</span>
            )}
          </p>
          <LanguageSwitch context={context} label={texts.languages} />
        </div>
        {parts.portal && <PortalMenu place={parts.portal} texts={texts} />}
        {parts.console && <ConsoleMenu place={parts.console} texts={textsOf(context.lang).console} />}
      </header>
      <Notice context={context} lacks={parts.portal?.navigation.lacks} texts={texts} />
    </>
  );
}

/** A developer always sees which environment; a PSU only when it is the sandbox. */
function showsEnvironment(context: PageContext, reader: PageParts['reader']): boolean {
  return context.environment === 'sandbox' || reader === 'developer';
}

interface FooterProps {
  readonly owner: string;
  readonly reader: PageParts['reader'];
  readonly texts: Texts;
}

function Footer({ owner, reader, texts }: FooterProps) {
  return (
    <footer class="foot">
      <p>
        <Prose text={footers[reader](texts)} values={{ bank: owner }} />
      </p>
    </footer>
  );
}

const footers: Readonly<Record<PageParts['reader'], (texts: Texts) => string>> = {
  psu: ({ shell }) => shell.footerPsu,
  developer: ({ shell }) => shell.footerPortal,
  operator: ({ console }) => console.footer,
};
