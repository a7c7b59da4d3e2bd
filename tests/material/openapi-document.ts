import { z } from 'zod';

export interface OpenapiOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, OpenapiResponse>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

export interface OpenapiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, OpenapiContent>>;
}

export interface OpenapiContent {
  readonly schema: unknown;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: Readonly<Record<string, unknown>> }>>;
}

export interface OpenapiDocument {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaObject>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

export interface SchemaObject {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const methods = ['get', 'post', 'put', 'delete'];

/** Every operation of a document: "GET /path" and what stands there. */
export function operationsOf(document: OpenapiDocument): ReadonlyMap<string, OpenapiOperation> {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => [`${method.toUpperCase()} ${path}`, item[method] as OpenapiOperation] as const),
  );
  return new Map(all);
}

/** A validator of what stands in a schema of the document. */
export function validatorOf(document: OpenapiDocument, schema: unknown): z.ZodType {
  const { schemas } = document.components;
  const local = JSON.stringify({ ...(schema as object), $defs: schemas }).replaceAll(
    '#/components/schemas/',
    '#/$defs/',
  );
  return z.fromJSONSchema(JSON.parse(local));
}

/** The refusal codes that an operation documents for a status. */
export function codesOf(operation: OpenapiOperation, status: string | number): readonly string[] {
  const content = operation.responses[String(status)]?.content?.['application/json'];
  return Object.keys(content?.examples ?? {});
}
