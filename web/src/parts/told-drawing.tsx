import type { DrawingText } from '../texts/article-texts.js';
import { Prose } from './prose.js';
import { SequenceDrawing } from './sequence-drawing.js';

export type DrawingActor = keyof DrawingText['actors'];

interface ToldDrawingProps {
  readonly id: string;
  readonly words: DrawingText;
  readonly bank: string;
  /** Those who take part, from left to right. */
  readonly actors: readonly DrawingActor[];
  /** From whom to whom each step goes. */
  readonly ends: readonly (readonly [DrawingActor, DrawingActor])[];
}

/** A sequence as a drawing and, beside it, in sentences. */
export function ToldDrawing({ id, words, bank, actors, ends }: ToldDrawingProps) {
  const steps = ends.map(([from, to], index) => ({
    from: actors.indexOf(from),
    to: actors.indexOf(to),
    label: words.steps[index]?.label ?? '',
  }));
  const names = actors.map((actor) => words.actors[actor].replace('{bank}', bank));
  return (
    <div class="with-drawing">
      <SequenceDrawing sequence={{ id, title: words.title, actors: names, steps }} />
      <ol class="told">
        {words.steps.map(({ text }) => (
          <li key={text}>
            <Prose text={text} />
          </li>
        ))}
      </ol>
    </div>
  );
}
