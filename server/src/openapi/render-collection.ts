import type { JsonSchema } from './json-schema.js';

const methods = ['get', 'post', 'put', 'delete'] as const;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
}

type PathItem = Readonly<Partial<Record<(typeof methods)[number], Operation>>> & {
  readonly parameters?: readonly Parameter[];
};

/**
 * The operations of an OpenAPI document as a Postman collection 2.1, which Bruno and Insomnia import too: one request each,
 * with the document's own example as body. Certificates and signatures are the reader's own: none is in it.
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
        return operation === undefined ? [] : [renderItem({ path, method, operation, item })];
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

function renderItem({ path, method, operation, item }: Place): JsonSchema {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const [[mediaType, content] = []] = Object.entries(operation.requestBody?.content ?? {});
  const headers = parameters.filter((parameter) => parameter.in === 'header').map(renderField);
  return {
    name: operation.summary,
    request: {
      method: method.toUpperCase(),
      url: {
        raw: `{{baseUrl}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
        host: ['{{baseUrl}}'],
        path: path
          .slice(1)
          .split('/')
          .map((part) => part.replace(/^\{(\w+)\}$/, ':$1')),
        variable: parameters
          .filter((parameter) => parameter.in === 'path')
          .map(({ name }) => ({ key: name, value: '' })),
        ...(queries.length === 0 ? {} : { query: queries.map(renderField) }),
      },
      header: mediaType === undefined ? headers : [...headers, { key: 'Content-Type', value: mediaType }],
      ...(mediaType === undefined
        ? {}
        : {
            body: {
              mode: 'raw',
              raw: content?.example === undefined ? '' : JSON.stringify(content.example, null, 2),
              options: { raw: { language: 'json' } },
            },
          }),
    },
  };
}

function renderField({ name, description, required = false }: Parameter): JsonSchema {
  return { key: name, value: '', ...(description === undefined ? {} : { description }), disabled: !required };
}
