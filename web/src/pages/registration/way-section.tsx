import { Prose } from '../../parts/prose.js';
import { type Sequence, SequenceDrawing } from '../../parts/sequence-drawing.js';
import type { RegistrationTexts } from '../../texts/registration-texts.js';
import type { SectionProps } from './section-props.js';

const [tpp, bank, trust, register] = [0, 1, 2, 3];

/** The steps of a registration, drawn and told. */
export function WaySection({ context, texts }: SectionProps) {
  const { way } = texts.registration;
  return (
    <section aria-labelledby="way">
      <h2 id="way">{way.heading}</h2>
      <p>{way.intro}</p>
      <div class="with-drawing">
        <SequenceDrawing sequence={sequenceOf(way, context.brand.name)} />
        <ol class="told">
          {way.steps.map(({ text }) => (
            <li key={text}>
              <Prose text={text} />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function sequenceOf({ drawing, actors, steps }: RegistrationTexts['way'], brand: string): Sequence {
  const ends = [
    [tpp, bank],
    [bank, trust],
    [bank, register],
    [tpp, bank],
    [bank, trust],
    [bank, bank],
    [bank, tpp],
  ] as const;
  return {
    title: drawing,
    actors: [actors.tpp, actors.bank.replace('{bank}', brand), actors.trust, actors.register],
    steps: ends.map(([from, to], index) => ({ from, to, label: steps[index]?.label ?? '' })),
  };
}
