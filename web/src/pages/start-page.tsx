import type { PageContext } from '../page-context.js';
import { AddressesTable } from '../parts/addresses-table.js';
import { CodeExample } from '../parts/code-example.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { TitledList } from '../parts/titled-list.js';
import type { Texts } from '../texts/texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { StartView } from '../views/start-view.js';

/** To check a certificate, and to register. */
const stepsWithoutBank = 2;

/** The home of a brand's developer portal: the way in, the first call to make, every address. */
export function renderStartPage(context: PageContext, view: StartView): string {
  const texts = textsOf(context.lang);
  const { start } = texts;
  const values = { bank: context.brand.name };
  const { pages } = view.navigation;
  const hasGrants = pages.includes('oauth2-endpoints');
  const steps = hasGrants ? start.steps : start.steps.slice(0, stepsWithoutBank);
  return renderPage(context, {
    reader: 'developer',
    title: texts.shell.portalNavigation,
    portal: { navigation: view.navigation, current: 'start' },
    body: (
      <>
        <h1>
          <Prose text={start.heading} values={values} />
        </h1>
        <p class="lede">{start.lede}</p>
        <section aria-labelledby="steps">
          <h2 id="steps">{hasGrants ? start.stepsHeading : start.stepsHeadingWithoutBank}</h2>
          <TitledList items={steps} ordered />
          <p>
            <a class="action" href={view.navigation.registration}>
              {start.toRegistration}
            </a>
          </p>
          {pages.includes('journey') && (
            <p>
              <a href={view.navigation.journey}>{start.toJourney}</a>
            </p>
          )}
        </section>
        <Check view={view} texts={texts} />
        <section aria-labelledby="promises">
          <h2 id="promises">{start.promisesHeading}</h2>
          <TitledList items={start.promises} />
        </section>
        <section aria-labelledby="addresses">
          <h2 id="addresses">{start.addressesHeading}</h2>
          {hasGrants && <p>{start.addresses}</p>}
          {view.environments.map((addresses) => (
            <AddressesTable key={addresses.environment} addresses={addresses} texts={texts} />
          ))}
        </section>
      </>
    ),
  });
}

function Check({ view, texts }: { readonly view: StartView; readonly texts: Texts }) {
  if (view.certificateCheck === undefined) return null;
  const { command, answer } = view.certificateCheck;
  return (
    <section class="with-example" aria-labelledby="check">
      <div>
        <h2 id="check">{texts.start.checkHeading}</h2>
        <p>{texts.start.check}</p>
      </div>
      <div class="examples">
        <CodeExample title={texts.start.checkCommand} text={command} />
        {answer !== undefined && <CodeExample title={texts.start.checkAnswer} text={answer} />}
      </div>
    </section>
  );
}
