import { Table } from '../../parts/table.js';
import type { SectionProps } from './section-props.js';

/** Every refusal of the registration endpoint. */
export function ErrorsSection({ texts, view }: SectionProps) {
  const words = texts.registration.errors;
  const { columns } = words;
  return (
    <section class="errors" aria-labelledby="errors">
      <h2 id="errors">{words.heading}</h2>
      <p>{words.intro}</p>
      <Table
        caption={words.heading}
        captionHidden
        columns={[columns.code, columns.status, columns.meaning, columns.remedy]}
        rows={view.refusals.map(({ code, status, error }) => [
          <code key="code">{code}</code>,
          <>
            {status} <code>{error}</code>
          </>,
          texts.refusals[code].meaning,
          texts.refusals[code].remedy,
        ])}
      />
    </section>
  );
}
