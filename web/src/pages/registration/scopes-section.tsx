import { Prose } from '../../parts/prose.js';
import { Table } from '../../parts/table.js';
import type { ScopeRule } from '../../views/registration-view.js';
import type { SectionProps } from './section-props.js';

/** Which role and which registered service each scope needs. */
export function ScopesSection({ texts, view }: SectionProps) {
  const words = texts.registration.scopes;
  const { columns } = words;
  const row = (rule: ScopeRule) => [
    <ScopeName key="scope" rule={rule} text={words.with} />,
    words.uses[rule.scope],
    <code key="role">{rule.role}</code>,
    <code key="service">{rule.registerService}</code>,
    <GrantTypes key="grants" types={rule.grantTypes} />,
  ];
  return (
    <section aria-labelledby="scopes">
      <h2 id="scopes">{words.heading}</h2>
      <p>{words.intro}</p>
      <Table
        caption={words.heading}
        captionHidden
        columns={[columns.scope, columns.use, columns.role, columns.service, columns.grants]}
        rows={view.scopes.map(row)}
      />
      <p>{words.sandbox}</p>
      <p>
        <Prose text={words.offered} />
      </p>
    </section>
  );
}

function ScopeName({ rule, text }: { readonly rule: ScopeRule; readonly text: string }) {
  return (
    <>
      <code>{rule.scope}</code>
      {rule.requires !== undefined && (
        <span class="hint">
          {' '}
          <Prose text={text} values={{ scope: rule.requires }} />
        </span>
      )}
    </>
  );
}

function GrantTypes({ types }: { readonly types: readonly string[] }) {
  return (
    <ul class="plain">
      {types.map((type) => (
        <li key={type}>
          <code>{type}</code>
        </li>
      ))}
    </ul>
  );
}
