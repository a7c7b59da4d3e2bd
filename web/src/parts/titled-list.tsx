import type { TitledText } from '../texts/titled-text.js';
import { Prose } from './prose.js';

/** Points with a title each; numbered when their order counts. */
export function TitledList({
  items,
  ordered = false,
}: {
  readonly items: readonly TitledText[];
  readonly ordered?: boolean;
}) {
  const points = items.map(({ title, text }) => (
    <li key={title}>
      <h3>{title}</h3>
      <p>
        <Prose text={text} />
      </p>
    </li>
  ));
  return ordered ? <ol class="points numbered">{points}</ol> : <ul class="points">{points}</ul>;
}
