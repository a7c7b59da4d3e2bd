import type { PageContext } from '../../page-context.js';
import type { Texts } from '../../texts/texts.js';
import type { RegistrationView } from '../../views/registration-view.js';

/** What each section of the registration page is made from. */
export interface SectionProps {
  readonly context: PageContext;
  readonly view: RegistrationView;
  readonly texts: Texts;
}
