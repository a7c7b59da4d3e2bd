import { AddressesTable } from '../../parts/addresses-table.js';
import { Prose } from '../../parts/prose.js';
import type { RegistrationTexts } from '../../texts/registration-texts.js';
import type { SectionProps } from './section-props.js';

/** What sandbox and production share, what differs, and every address of both. */
export function EnvironmentsSection({ texts, view }: SectionProps) {
  const words = texts.registration.environments;
  return (
    <section aria-labelledby="environments">
      <h2 id="environments">{words.heading}</h2>
      {view.navigation.lacks === undefined && <Both words={words} />}
      {view.environments.map((addresses) => (
        <AddressesTable key={addresses.environment} addresses={addresses} texts={texts} />
      ))}
    </section>
  );
}

function Both({ words }: { readonly words: RegistrationTexts['environments'] }) {
  return (
    <>
      <p>
        <Prose text={words.intro} />
      </p>
      <ul>
        {words.points.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}
