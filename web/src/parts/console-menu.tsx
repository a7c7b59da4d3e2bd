import type { ConsoleTexts } from '../texts/console-texts.js';
import { type ConsolePlace, consolePages } from '../views/console-view.js';
import { Name } from './name.js';
import { Prose } from './prose.js';

interface ConsoleMenuProps {
  readonly place: ConsolePlace;
  readonly texts: ConsoleTexts;
}

/** The pages of the console with how much waits on each, who is signed in, and the way out. */
export function ConsoleMenu({ place, texts }: ConsoleMenuProps) {
  return (
    <div class="menu">
      <nav aria-label={texts.navigation}>
        <ul>
          {consolePages.map((page) => (
            <li key={page}>
              <a href={place.navigation[page]} aria-current={page === place.current ? 'page' : undefined}>
                {texts.pages[page]}
                {place.waiting[page] ? `\u00a0(${place.waiting[page]})` : ''}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <SignedIn place={place} texts={texts} />
    </div>
  );
}

function SignedIn({ place: { operator, signOut }, texts }: ConsoleMenuProps) {
  return (
    <form method="post" action={signOut.action} class="signed-in">
      <input type="hidden" name="form_token" value={signOut.formToken} />
      <p>
        <Prose text={texts.signedIn} values={{ name: <Name>{operator.name}</Name> }} />
        {!operator.mayDecide && <span class="tag">{texts.looksOnly}</span>}
      </p>
      <button type="submit">{texts.signOut}</button>
    </form>
  );
}
