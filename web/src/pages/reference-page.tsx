import type { PageContext } from '../page-context.js';
import { CodeExample } from '../parts/code-example.js';
import { CodeWords } from '../parts/code-words.js';
import { Prose } from '../parts/prose.js';
import { renderPage } from '../parts/render-page.js';
import { Table } from '../parts/table.js';
import type { Texts } from '../texts/texts.js';
import { textsOf } from '../texts/texts-of.js';
import type { ReferenceAnswer, ReferenceField, ReferenceOperation, ReferenceView } from '../views/reference-view.js';

/** The reference of one OpenAPI document: operations, parameters, answers, schemas, examples, and the document itself. */
export function renderReferencePage(context: PageContext, view: ReferenceView, name: ReferenceName): string {
  const texts = textsOf(context.lang);
  const words = texts.reference;
  const given = { view, texts };
  return renderPage(context, {
    reader: 'developer',
    title: words[name],
    portal: { navigation: view.navigation, current: view.current },
    body: (
      <>
        <h1>{words[name]}</h1>
        {view.downloads.length === 0 ? <p class="lede">{words.absent}</p> : <Reference {...given} />}
      </>
    ),
  });
}

/** A schema with more members than this is taller than a screen, on a phone several. */
const longMembers = 5;

function Reference({ view, texts }: Given) {
  const words = texts.reference;
  const given = { view, texts };
  return (
    <>
      <p class="lede">
        <Prose text={words.lede} values={{ version: view.version }} />
      </p>
      <p>{words.language}</p>
      <Downloads {...given} />
      <h2 id="operations">{words.operations}</h2>
      <p>
        <a href={view.navigation.errors}>{words.refusals}</a>
      </p>
      {view.operations.map((operation) => (
        <Operation key={operation.id} operation={operation} {...given} />
      ))}
      <h2 id="schemas">{words.schemas}</h2>
      {view.schemas.map(({ name: schema, description, members }) => (
        <section
          key={schema}
          class={members.length > longMembers ? 'distant distant-long' : 'distant'}
          aria-labelledby={`schema-${schema}`}
          lang="en"
        >
          <h3 id={`schema-${schema}`}>{schema}</h3>
          {description !== '' && <p>{description}</p>}
          {members.length > 0 && <Fields first={words.member} caption={schema} fields={members} {...given} />}
        </section>
      ))}
    </>
  );
}

export type ReferenceName = 'registration-reference' | 'oauth2-reference' | 'accounts-reference' | 'sandbox-reference';

interface Given {
  readonly view: ReferenceView;
  readonly texts: Texts;
}

function Downloads({ view, texts }: Given) {
  const words = texts.reference;
  return (
    <section aria-labelledby="downloads">
      <h2 id="downloads">{words.downloads}</h2>
      <ul class="calls">
        {view.downloads.map(({ environment, server, openapi, collection }) => (
          <li key={environment}>
            {texts.shell.environment[environment]} <code class="address">{server}</code>
            <a href={openapi}>{words.openapi}</a> · <a href={collection}>{words.collection}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Operation({ operation, view, texts }: Given & { readonly operation: ReferenceOperation }) {
  const words = texts.reference;
  const { id, method, path, summary, parameters, body, answers } = operation;
  return (
    <section
      class={hasExamples(operation) ? 'distant with-example' : 'distant'}
      aria-labelledby={`operation-${id}`}
      lang="en"
    >
      <div>
        <h3 id={`operation-${id}`}>{summary}</h3>
        <p>
          <code class="address">
            {method} {path}
          </code>
        </p>
        {parameters.length > 0 && (
          <Fields first={words.parameter} caption={summary} fields={parameters} view={view} texts={texts} />
        )}
        {body !== undefined && (
          <p>
            {words.body}: <code>{body.mediaType}</code> <TypeName name={body.type} view={view} />
          </p>
        )}
        <Answers answers={answers} view={view} texts={texts} caption={summary} />
      </div>
      <Examples operation={operation} texts={texts} />
    </section>
  );
}

function Answers({
  answers,
  caption,
  view,
  texts,
}: Given & { readonly answers: readonly ReferenceAnswer[]; readonly caption: string }) {
  const words = texts.reference;
  return (
    <Table
      caption={`${words.answer}: ${caption}`}
      captionHidden
      columns={[words.status, words.answer]}
      rows={answers.map(({ status, description, type, codes }) => [
        status,
        <div key="answer">
          <CodeWords text={description} /> {type !== '' && <TypeName name={type} view={view} />}
          {codes.length > 0 && <code class="address">{codes.join(' ')}</code>}
        </div>,
      ])}
    />
  );
}

function hasExamples({ body, answers }: ReferenceOperation): boolean {
  return body?.example !== undefined || answers.some(({ example }) => example !== undefined);
}

function Examples({ operation, texts }: { readonly operation: ReferenceOperation; readonly texts: Texts }) {
  const words = texts.reference;
  const { summary, body, answers } = operation;
  const answer = answers.find(({ example }) => example !== undefined);
  const request = words.exampleRequest.replace('{operation}', () => summary);
  const answered = words.exampleAnswer.replace('{status}', answer?.status ?? '').replace('{operation}', () => summary);
  if (!hasExamples(operation)) return null;
  return (
    <div class="examples">
      {body?.example !== undefined && <CodeExample title={request} text={body.example} />}
      {answer?.example !== undefined && <CodeExample title={answered} text={answer.example} />}
    </div>
  );
}

interface FieldsProps extends Given {
  readonly first: string;
  readonly caption: string;
  readonly fields: readonly ReferenceField[];
}

function Fields({ first, caption, fields, view, texts }: FieldsProps) {
  const words = texts.reference;
  const placed = fields.some(({ where }) => where !== '');
  return (
    <Table
      caption={`${first}: ${caption}`}
      captionHidden
      columns={[first, ...(placed ? [words.where] : []), words.needed, words.type, words.meaning]}
      rows={fields.map(({ name, where, required, type, description }) => [
        <code key="name">{name}</code>,
        ...(placed ? [where] : []),
        required ? words.required : words.optional,
        <TypeName key="type" name={type} view={view} />,
        <CodeWords key="meaning" text={description} />,
      ])}
    />
  );
}

/** A type; where it is one of the schemas below, or one of several, the way to it. */
function TypeName({ name, view }: { readonly name: string; readonly view: ReferenceView }) {
  const parts = name.split(' | ').map((part) => ({ part, schema: part.replace(/\[\]$/, '') }));
  if (!parts.every(({ schema }) => view.schemas.some((each) => each.name === schema))) return <code>{name}</code>;
  return parts.map(({ part, schema }, index) => (
    <>
      {index > 0 && ' | '}
      <a href={`#schema-${schema}`}>
        <code>{part}</code>
      </a>
    </>
  ));
}
