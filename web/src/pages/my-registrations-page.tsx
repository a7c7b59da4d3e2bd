import type { PageContext } from '../page-context.js';
import { PresentCertificate } from '../parts/present-certificate.js';
import { Prose } from '../parts/prose.js';
import { renderPortalPage } from '../parts/render-portal-page.js';
import { textsOf } from '../texts/texts-of.js';
import type { PortalFacts } from '../views/portal-facts.js';

const page = 'my-registrations';

/** The way to what an organisation has registered: its pages stand where certificates are asked for. */
export function renderMyRegistrationsPage(
  context: PageContext,
  { navigation, environments }: Pick<PortalFacts, 'navigation' | 'environments'>,
): string {
  const { own: words, shell } = textsOf(context.lang);
  const addresses = environments.map(({ environment, ownRegistrations, certificateCheck }) => ({
    environment,
    ownRegistrations,
    certificateCheck,
  }));
  return renderPortalPage(context, {
    place: { navigation, current: page },
    heading: words.heading,
    lede: words.lede,
    body: (
      <>
        <section aria-labelledby="open">
          <h2 id="open">{words.open}</h2>
          <p>{words.openText}</p>
          <ul class="calls">
            {addresses.map(({ environment, ownRegistrations, certificateCheck }) => (
              <li key={environment}>
                <a href={ownRegistrations}>
                  <Prose text={words.openRegistrations} values={{ environment: shell.environment[environment] }} />
                </a>
                <br />
                <a href={certificateCheck}>
                  <Prose text={words.openCheck} values={{ environment: shell.environment[environment] }} />
                </a>
              </li>
            ))}
          </ul>
        </section>
        <PresentCertificate address={addresses[0]?.ownRegistrations ?? ''} context={context} />
        <section aria-labelledby="only">
          <h2 id="only">{words.only}</h2>
          <p>{words.onlyText}</p>
        </section>
      </>
    ),
  });
}
