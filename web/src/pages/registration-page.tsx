import type { PageContext } from '../page-context.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import type { RegistrationTexts } from '../texts/registration-texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { RegistrationView } from '../views/registration-view.js';
import { AnswerSection } from './registration/answer-section.js';
import { EnvironmentsSection } from './registration/environments-section.js';
import { ErrorsSection } from './registration/errors-section.js';
import { KeysSection } from './registration/keys-section.js';
import { LifetimesSection } from './registration/lifetimes-section.js';
import { RequestSection } from './registration/request-section.js';
import { ScopesSection } from './registration/scopes-section.js';
import { TlsSection } from './registration/tls-section.js';
import { WaySection } from './registration/way-section.js';
import { WhoSection } from './registration/who-section.js';

const sections = [
  'who',
  'way',
  'tls',
  'request',
  'keys',
  'answer',
  'scopes',
  'lifetimes',
  'environments',
  'errors',
] as const;

/** Registration for API access: who may come in, what to send, what comes back, and what this installation really answers to. */
export function renderRegistrationPage(context: PageContext, view: RegistrationView): string {
  const texts = textsOf(context.lang);
  const parts = { context, view, texts };
  return renderPortalPage(context, {
    place: { navigation: view.navigation, current: 'registration' },
    heading: texts.registration.heading,
    lede: texts.registration.lede,
    body: (
      <>
        <Contents texts={texts.registration} />
        <WhoSection {...parts} />
        <WaySection {...parts} />
        <TlsSection {...parts} />
        <RequestSection {...parts} />
        <KeysSection {...parts} />
        <AnswerSection {...parts} />
        <ScopesSection {...parts} />
        <LifetimesSection {...parts} />
        <EnvironmentsSection {...parts} />
        <ErrorsSection {...parts} />
      </>
    ),
  });
}

function Contents({ texts }: { readonly texts: RegistrationTexts }) {
  return (
    <nav class="contents" aria-labelledby="contents">
      <h2 id="contents">{texts.contents}</h2>
      <ol>
        {sections.map((section) => (
          <li key={section}>
            <a href={`#${section}`}>{texts[section].heading}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
