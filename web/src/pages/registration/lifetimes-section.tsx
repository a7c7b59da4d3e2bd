import { formatDuration } from '../../format/format-duration.js';
import { Table } from '../../parts/table.js';
import type { SectionProps } from './section-props.js';

/** How long codes, tokens and agreements last. */
export function LifetimesSection({ context, texts, view }: SectionProps) {
  const words = texts.registration.lifetimes;
  const { authorizationCode, accessToken, grant } = view.lifetimes;
  return (
    <section aria-labelledby="lifetimes">
      <h2 id="lifetimes">{words.heading}</h2>
      <Table
        caption={words.intro}
        columns={[words.columns.what, words.columns.duration]}
        rows={[
          [words.rows.code, formatDuration(authorizationCode, context.lang)],
          [words.rows.access, formatDuration(accessToken, context.lang)],
          [words.rows.grant, formatDuration(grant, context.lang)],
        ]}
      />
      <p>{words.renewal}</p>
    </section>
  );
}
