import type { ShellTexts } from '../texts/texts.js';
import type { PortalNavigation } from '../views/environment-addresses.js';

interface PortalMenuProps {
  readonly navigation: PortalNavigation;
  readonly current: 'start' | 'registration' | 'errors';
  readonly texts: ShellTexts;
}

/** The pages of the developer portal. */
export function PortalMenu({ navigation, current, texts }: PortalMenuProps) {
  const pages = [
    { id: 'index', href: navigation.index, text: texts.brands },
    { id: 'start', href: navigation.start, text: texts.home },
    { id: 'registration', href: navigation.registration, text: texts.registration },
    { id: 'errors', href: navigation.errors, text: texts.errors },
  ];
  return (
    <nav class="menu" aria-label={texts.portalNavigation}>
      <ul>
        {pages.map(({ id, href, text }) => (
          <li key={id}>
            <a href={href} aria-current={id === current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
