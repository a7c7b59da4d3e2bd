import { TitledList } from '../../parts/titled-list.js';
import type { SectionProps } from './section-props.js';

/** Who is qualified, and how a qualification is lost and regained. */
export function WhoSection({ texts }: SectionProps) {
  const { who } = texts.registration;
  return (
    <section aria-labelledby="who">
      <h2 id="who">{who.heading}</h2>
      <p>{who.intro}</p>
      <TitledList items={who.conditions} ordered />
      <p>{who.loss}</p>
    </section>
  );
}
