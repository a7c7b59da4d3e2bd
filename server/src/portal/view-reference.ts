import type {
  ReferenceAnswer,
  ReferenceField,
  ReferenceOperation,
  ReferenceSchema,
  ReferenceView,
} from '@postern/web/views/reference-view.js';

type Node = Readonly<Record<string, unknown>>;
const methods = ['get', 'post', 'put', 'delete'];

/** An OpenAPI document of ours as the page shows it. */
export function viewReference(
  document: Node,
): Pick<ReferenceView, 'title' | 'version' | 'summary' | 'operations' | 'schemas'> {
  const info = nodeOf(document['info']);
  return {
    title: textOf(info['title']),
    version: textOf(info['version']),
    summary: textOf(info['description']),
    operations: Object.entries(nodeOf(document['paths'])).flatMap(([path, item]) =>
      methods
        .filter((method) => nodeOf(item)[method] !== undefined)
        .map((method) => viewOperation(path, method, nodeOf(item))),
    ),
    schemas: Object.entries(nodeOf(nodeOf(document['components'])['schemas'])).map(([name, schema]) =>
      viewSchema(name, nodeOf(schema)),
    ),
  };
}

function viewOperation(path: string, method: string, item: Node): ReferenceOperation {
  const operation = nodeOf(item[method]);
  const [mediaType, content] = Object.entries(nodeOf(nodeOf(operation['requestBody'])['content']))[0] ?? [];
  return {
    id: textOf(operation['operationId']),
    method: method.toUpperCase(),
    path: `${serverOf(item)}${path}`,
    summary: textOf(operation['summary']),
    parameters: [...listOf(item['parameters']), ...listOf(operation['parameters'])].map((parameter) => ({
      name: textOf(parameter['name']),
      where: textOf(parameter['in']),
      required: parameter['required'] === true,
      type: describeType(nodeOf(parameter['schema'])),
      description: textOf(parameter['description']),
    })),
    ...(mediaType === undefined
      ? {}
      : {
          body: {
            mediaType,
            type: describeType(nodeOf(nodeOf(content)['schema'])),
            ...renderExamples(nodeOf(content), mediaType),
          },
        }),
    answers: Object.entries(nodeOf(operation['responses'])).map(([status, response]) =>
      viewAnswer(status, nodeOf(response)),
    ),
  };
}

/** Of an operation that another listener answers. */
function serverOf(item: Node): string {
  return textOf(listOf(item['servers'])[0]?.['url']);
}

/** The example of a body, or all of them where there are several. */
function renderExamples(content: Node, mediaType: string): { readonly example?: string } {
  const examples = Object.values(nodeOf(content['examples'])).map((each) => nodeOf(each)['value']);
  const shown = content['example'] === undefined ? examples : [content['example']];
  const isForm = mediaType === 'application/x-www-form-urlencoded';
  const render = (value: unknown) => (isForm ? renderForm(nodeOf(value)) : JSON.stringify(value, null, 2));
  return shown.length === 0 ? {} : { example: shown.map(render).join('\n\n') };
}

/** A parameter a line, as the RFCs of OAuth print them; not encoded, to be read. */
function renderForm(parameters: Node): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${textOf(value)}`)
    .join('\n&');
}

function viewAnswer(status: string, response: Node): ReferenceAnswer {
  const [, content] = Object.entries(nodeOf(response['content']))[0] ?? [];
  const codes = Object.keys(nodeOf(nodeOf(content)['examples']));
  const example = nodeOf(content)['example'];
  return {
    status,
    codes,
    // What each code means stands on the page of errors: here it would be said again for every operation.
    description: codes.length > 0 ? '' : textOf(response['description']),
    type: content === undefined || codes.length > 0 ? '' : describeType(nodeOf(nodeOf(content)['schema'])),
    ...(example === undefined ? {} : { example: JSON.stringify(example, null, 2) }),
  };
}

function viewSchema(name: string, schema: Node): ReferenceSchema {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const members = Object.entries(nodeOf(schema['properties']))
    .filter(([, member]) => member !== false)
    .flatMap(([member, rule]) => viewMember(member, nodeOf(rule), required.includes(member)));
  return { name, description: textOf(schema['description']), members };
}

/** A member, and below it those of the objects that it is a list of. */
function viewMember(name: string, rule: Node, required: boolean): readonly ReferenceField[] {
  const field = { name, where: '', required, type: describeType(rule), description: textOf(rule['description']) };
  const items = nodeOf(rule['items']);
  const inner = Object.entries(nodeOf(items['properties'])).filter(([, member]) => member !== false);
  const innerRequired = Array.isArray(items['required']) ? items['required'] : [];
  return [
    field,
    ...inner.flatMap(([member, each]) =>
      viewMember(`${name}[].${member}`, nodeOf(each), innerRequired.includes(member)),
    ),
  ];
}

/** A schema in a few words: "string, 1 to 80 characters", "Account[]". */
function describeType(schema: Node): string {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return reference.slice(reference.lastIndexOf('/') + 1);
  if (Array.isArray(schema['allOf']))
    return schema['allOf']
      .map((part) => describeType(nodeOf(part)))
      .filter((part) => part !== 'object')
      .join(' & ');
  if (Array.isArray(schema['oneOf'])) return schema['oneOf'].map((part) => describeType(nodeOf(part))).join(' | ');
  if (schema['type'] === 'array') return `${describeType(nodeOf(schema['items']))}[]`;
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['enum']))
    return schema['enum'].length > 12 ? 'string' : schema['enum'].map((value) => JSON.stringify(value)).join(' | ');
  const type = Array.isArray(schema['type']) ? schema['type'].join(' | ') : textOf(schema['type']);
  const format = schema['format'];
  return typeof format === 'string' ? `${type} (${format})` : type;
}

function nodeOf(value: unknown): Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Node) : {};
}

function listOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.map(nodeOf) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
