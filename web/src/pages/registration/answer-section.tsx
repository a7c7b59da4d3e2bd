import { formatDuration } from '../../format/format-duration.js';
import { CodeExample } from '../../parts/code-example.js';
import { Prose } from '../../parts/prose.js';
import { Table } from '../../parts/table.js';
import type { AnswerMember } from '../../texts/registration-texts.js';
import type { SectionProps } from './section-props.js';

const members: readonly AnswerMember[] = [
  'client_id',
  'client_id_issued_at',
  'jwks',
  'registration_client_uri',
  'registration_access_token',
  'provider_legal_id',
  'tls_client_auth_subject_dn',
];

/** What comes back, how to recover a lost answer, and one answer beside it. */
export function AnswerSection({ context, texts, view }: SectionProps) {
  const words = texts.registration.answer;
  const values = { idempotency: formatDuration(view.lifetimes.idempotency, context.lang) };
  return (
    <section class="with-example" aria-labelledby="answer">
      <div>
        <h2 id="answer">{words.heading}</h2>
        <p>{words.intro}</p>
        <Table
          caption={words.heading}
          captionHidden
          columns={[words.columns.member, words.columns.meaning]}
          rows={members.map((member) => [
            <code key="member">{member}</code>,
            <Prose key="meaning" text={words.members[member]} />,
          ])}
        />
        {words.recovery.map((text) => (
          <p key={text}>
            <Prose text={text} values={values} />
          </p>
        ))}
      </div>
      <div class="examples">
        <CodeExample title={words.example} text={view.example.answer} />
      </div>
    </section>
  );
}
