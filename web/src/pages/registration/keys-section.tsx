import { Prose } from '../../parts/prose.js';
import type { SectionProps } from './section-props.js';

/** The key set: one QSealC with its full path per key. */
export function KeysSection({ texts }: SectionProps) {
  const { keys } = texts.registration;
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{keys.heading}</h2>
      {keys.paragraphs.map((text) => (
        <p key={text}>
          <Prose text={text} />
        </p>
      ))}
    </section>
  );
}
