import type { JsonSchema } from './json-schema.js';

const methods = ['get', 'post', 'put', 'delete'] as const;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
}

interface Content {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
}

type PathItem = Readonly<Partial<Record<(typeof methods)[number], Operation>>> & {
  readonly parameters?: readonly Parameter[];
  /** Of another listener than the rest of the document. */
  readonly servers?: readonly { readonly url: string }[];
};

/**
 * The operations of an OpenAPI document as a Postman collection 2.1, which Bruno and Insomnia import too: one request each, or one
 * for each example, with the document's own as body. Certificates and signatures are the reader's own: none is in it.
 */
export function renderCollection(document: JsonSchema): JsonSchema {
  const { info, servers, paths } = document as unknown as {
    readonly info: { readonly title: string; readonly description: string };
    readonly servers: readonly { readonly url: string }[];
    readonly paths: Readonly<Record<string, PathItem>>;
  };
  return {
    info: {
      name: info.title,
      description: info.description,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: [{ key: 'baseUrl', value: servers[0]?.url ?? '' }],
    item: Object.entries(paths).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : renderItems({ path, method, operation, item });
      }),
    ),
  };
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
  readonly item: PathItem;
}

function renderItems(place: Place): readonly JsonSchema[] {
  const [[mediaType, content] = []] = Object.entries(place.operation.requestBody?.content ?? {});
  const { summary } = place.operation;
  if (mediaType === undefined) return [renderItem(place, summary, undefined)];
  const named = Object.entries(content?.examples ?? {});
  if (named.length === 0) return [renderItem(place, summary, renderBody(mediaType, content?.example))];
  return named.map(([name, { value }]) => renderItem(place, `${summary}: ${name}`, renderBody(mediaType, value)));
}

interface Body {
  readonly mediaType: string;
  readonly body: JsonSchema;
}

function renderBody(mediaType: string, example: unknown): Body {
  if (mediaType === 'application/x-www-form-urlencoded') {
    const pairs = Object.entries((example ?? {}) as Readonly<Record<string, string>>);
    return { mediaType, body: { mode: 'urlencoded', urlencoded: pairs.map(([key, value]) => ({ key, value })) } };
  }
  const raw = example === undefined ? '' : JSON.stringify(example, null, 2);
  return mediaType === 'application/json'
    ? { mediaType, body: { mode: 'raw', raw, options: { raw: { language: 'json' } } } }
    : { mediaType, body: { mode: 'file' } };
}

function renderItem({ path, method, operation, item }: Place, name: string, body: Body | undefined): JsonSchema {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const headers = parameters.filter((parameter) => parameter.in === 'header').map(renderField);
  const host = item.servers?.[0]?.url ?? '{{baseUrl}}';
  const segments = path.slice(1).split('/').map(renderSegment);
  return {
    name,
    request: {
      method: method.toUpperCase(),
      url: {
        raw: [host, ...segments].join('/'),
        host: [host],
        path: segments,
        variable: parameters
          .filter((parameter) => parameter.in === 'path' && path.includes(`/{${parameter.name}}`))
          .map(({ name: key }) => ({ key, value: '' })),
        ...(queries.length === 0 ? {} : { query: queries.map(renderField) }),
      },
      header: body === undefined ? headers : [...headers, { key: 'Content-Type', value: body.mediaType }],
      ...(body === undefined ? {} : { body: body.body }),
    },
  };
}

/** A whole segment is a variable of the path; a part of one can only be a variable of the reader's environment. */
function renderSegment(segment: string): string {
  return segment.replace(/^\{(\w+)\}$/, ':$1').replaceAll(/\{(\w+)\}/g, '{{$1}}');
}

function renderField({ name, description, required = false }: Parameter): JsonSchema {
  return { key: name, value: '', ...(description === undefined ? {} : { description }), disabled: !required };
}
