import { formatBytes } from '../../format/format-bytes.js';
import { CodeExample } from '../../parts/code-example.js';
import { Prose } from '../../parts/prose.js';
import { Table } from '../../parts/table.js';
import type { RequestMember } from '../../texts/registration-texts.js';
import type { SectionProps } from './section-props.js';

const required: readonly RequestMember[] = [
  'client_name',
  'redirect_uris',
  'scope',
  'jwks',
  'token_endpoint_auth_method',
];
const optional: readonly RequestMember[] = [
  'grant_types',
  'response_types',
  'contacts',
  'logo_uri',
  'client_uri',
  'policy_uri',
  'tos_uri',
  'provider_legal_id',
  'client_legal_id',
];

/** What to send: where, every member with its rule, and one request beside it. */
export function RequestSection({ texts, view }: SectionProps) {
  const words = texts.registration.request;
  const values = { redirectUris: String(view.limits.redirectUris), keys: String(view.limits.keys) };
  const row = (member: RequestMember, needed: string) => [
    <code key="member">{member}</code>,
    needed,
    <Prose key="rule" text={words.members[member]} values={values} />,
  ];
  return (
    <section class="with-example" aria-labelledby="request">
      <div>
        <h2 id="request">{words.heading}</h2>
        <p>
          <Prose text={words.intro} values={{ bytes: formatBytes(view.limits.bodyBytes, texts) }} />
        </p>
        <ul class="calls">
          {view.environments.map(({ environment, registrations }) => (
            <li key={environment}>
              {texts.shell.environment[environment]} <code class="address">POST {registrations}</code>
            </li>
          ))}
        </ul>
        <AllBrands texts={texts} view={view} />
        <Table
          caption={words.heading}
          captionHidden
          columns={[words.columns.member, words.columns.needed, words.columns.rule]}
          rows={[
            ...required.map((member) => row(member, words.required)),
            ...optional.map((member) => row(member, words.optional)),
          ]}
        />
      </div>
      <div class="examples">
        <CodeExample title={words.example} text={view.example.request} />
      </div>
    </section>
  );
}

/** One registration for every brand, where the bank offers it. */
function AllBrands({ texts, view }: Pick<SectionProps, 'texts' | 'view'>) {
  if (view.allBrands.length === 0) return null;
  return (
    <>
      <p>
        <Prose text={texts.registration.request.allBrands} />
      </p>
      <ul class="calls">
        {view.allBrands.map(({ environment, registrations }) => (
          <li key={environment}>
            {texts.shell.environment[environment]} <code class="address">POST {registrations}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
