import type { SiteContext } from '../../page-context.js';
import { Prose } from '../../parts/prose.js';
import { renderPage } from '../../parts/render-page.js';
import type { ConsoleSignInTexts } from '../../texts/console-texts.js';
import { textsOf } from '../../texts/texts-of.js';
import type { ConsoleEntryView, ConsoleSignInView } from '../../views/console-sign-in-view.js';

/** How somebody of the bank enters the console. */
export function renderConsoleSignInPage(context: SiteContext, view: ConsoleSignInView): string {
  const { signIn: texts } = textsOf(context.lang).console;
  const values = { bank: view.installation };
  return renderPage(context, {
    reader: 'operator',
    owner: view.installation,
    title: texts.heading.replace('{bank}', () => view.installation),
    body: (
      <>
        <h1>
          <Prose text={texts.heading} values={values} />
        </h1>
        {view.leave && <p role="status">{texts.leave[view.leave]}</p>}
        <p class="lede">{texts.lede}</p>
        <Way view={view} texts={texts} />
      </>
    ),
  });
}

function Way({ view, texts }: { readonly view: ConsoleSignInView; readonly texts: ConsoleSignInTexts }) {
  switch (view.kind) {
    case 'openid':
      return (
        <>
          <p>
            <Prose text={texts.provider} values={{ issuer: <code class="address">{view.issuer}</code> }} />
          </p>
          <p>
            <a class="action" href={view.start}>
              {texts.atProvider}
            </a>
          </p>
        </>
      );
    case 'link':
      return (
        <form method="post" action={view.action}>
          <input type="hidden" name="form_token" value={view.formToken} />
          <input type="hidden" name="link" value={view.link} />
          <p>{texts.linkText}</p>
          <div class="buttons">
            <button type="submit">{texts.enter}</button>
          </div>
        </form>
      );
    case 'no-link':
      return (
        <p>
          <Prose text={texts.noLink} />
        </p>
      );
  }
}

/** The page between the identity provider and the console: it leads on by itself, or by its link. */
export function renderConsoleEntryPage(context: SiteContext, view: ConsoleEntryView): string {
  const { signIn: texts } = textsOf(context.lang).console;
  return renderPage(context, {
    reader: 'operator',
    owner: view.installation,
    title: texts.entered,
    body: (
      <>
        <h1>{texts.entered}</h1>
        <p>{texts.enteredText}</p>
        <p>
          <a class="action" href={view.start}>
            {texts.goOn}
          </a>
        </p>
      </>
    ),
  });
}
