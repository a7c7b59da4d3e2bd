import type { ShellTexts } from '../texts/texts.js';
import type { PortalNavigation, PortalPage } from '../views/portal-navigation.js';

/** A page's place in the developer portal. */
export interface PortalPlace {
  readonly navigation: PortalNavigation;
  readonly current: PortalPage;
  /** What was searched for, to stand in the field again. */
  readonly query?: string;
}

interface PortalMenuProps {
  readonly place: PortalPlace;
  readonly texts: ShellTexts;
}

const inMenu: readonly PortalPage[] = ['start', 'registration', 'open-banking-api', 'errors', 'status', 'contact'];

/** The pages that most readers want, the way to all others, and the search. */
export function PortalMenu({ place, texts }: PortalMenuProps) {
  const { navigation, query } = place;
  return (
    <div class="menu">
      <nav aria-label={texts.portalNavigation}>
        <ul>
          <li>
            <a href={navigation.index}>{texts.brands}</a>
          </li>
          {inMenu
            .filter((page) => navigation.pages.includes(page))
            .map((page) => (
              <PageItem key={page} page={page} place={place} texts={texts} />
            ))}
          <li>
            <a href="#pages">{texts.allPages}</a>
          </li>
        </ul>
      </nav>
      <search>
        <form method="get" action={navigation.search} class="search">
          <label for="site-search" class="unseen">
            {texts.searchLabel}
          </label>
          <input id="site-search" name="q" type="search" maxLength={100} value={query || undefined} />
          <button type="submit">{texts.searchButton}</button>
        </form>
      </search>
    </div>
  );
}

/** Every page of the portal, below the page. */
export function PortalMap({ place, texts }: PortalMenuProps) {
  return (
    <nav class="all-pages" aria-labelledby="pages">
      <h2 id="pages">{texts.allPages}</h2>
      <ul>
        {place.navigation.pages.map((page) => (
          <PageItem key={page} page={page} place={place} texts={texts} />
        ))}
      </ul>
      <p>
        <a href={`${place.navigation.contact}?page=${place.current}`}>{texts.aboutThisPage}</a>
      </p>
    </nav>
  );
}

function PageItem({ page, place, texts }: PortalMenuProps & { readonly page: PortalPage }) {
  return (
    <li>
      <a href={place.navigation[page]} aria-current={page === place.current ? 'page' : undefined}>
        {texts.pages[page]}
      </a>
    </li>
  );
}
