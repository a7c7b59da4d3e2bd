import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import { expect } from 'vitest';
import { type OpenapiContent, type OpenapiDocument, operationsOf, validatorOf } from './openapi-document.js';

/** Holds a document against itself: references, names, security schemes, an answer of success, examples. Returns how many examples there are. */
export function expectSound(document: OpenapiDocument): number {
  expectReferences(document);
  const operations = [...operationsOf(document).values()];
  const names = operations.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { responses, security, operationId } of operations) {
    expect(
      Object.keys(responses).some((status) => /^[23]/.test(status)),
      operationId,
    ).toBe(true);
    for (const scheme of (security ?? []).flatMap((each) => Object.keys(each)))
      expect(document.components.securitySchemes).toHaveProperty(scheme);
  }
  const examples = operations.flatMap((operation) => examplesOf(operation));
  for (const { schema, value } of examples) {
    const found = validatorOf(document, schema).safeParse(withoutPlaceholders(value));
    expect(found.error?.issues ?? [], JSON.stringify(value)).toEqual([]);
  }
  return examples.length;
}

/** The codes of refusals that operations document, whatever the form of the answer. */
export function documentedCodes(document: OpenapiDocument, operationId?: string): readonly string[] {
  const known = new Set<string>(Object.keys(refusalCatalog));
  const codes = [...operationsOf(document).values()]
    .filter((operation) => operationId === undefined || operation.operationId === operationId)
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap(({ content = {} }) => Object.values(content))
    .flatMap(({ examples = {} }) => Object.keys(examples));
  return [...new Set(codes)].filter((code) => known.has(code)).sort();
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What stands before every route, whatever it does. */
export const sourcesOfEveryRequest = [
  'create-application',
  'early-answer',
  'guard-request-head',
  'refuse-other-methods',
  'request-bounds',
  'require-media-type',
].map((name) => `server/src/http/${name}.ts`);

/** The codes of refusals that stand in source files, or in all of a folder. */
export function codesInSources(sources: readonly string[]): readonly string[] {
  const files = sources.flatMap((source) =>
    source.endsWith('.ts')
      ? [source]
      : readdirSync(`${root}${source}`)
          .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
          .map((name) => `${source}/${name}`),
  );
  const known = new Set<string>(Object.keys(refusalCatalog));
  const codes = files.flatMap((file) => {
    // The sentences of API documentation name codes of others too.
    const code = readFileSync(`${root}${file}`, 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
    return [...code.matchAll(/'([A-Z_]+)'/g)].map(([, word = '']) => word);
  });
  return [...new Set(codes)].filter((code) => known.has(code)).sort();
}

function expectReferences(document: OpenapiDocument): void {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(references.length).toBeGreaterThan(20);
  for (const path of references) expect(resolve(document, path), path).toBeDefined();
}

function resolve(document: OpenapiDocument, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);
}

type Bodied = { readonly content?: Readonly<Record<string, OpenapiContent>> };

function examplesOf(operation: object): readonly { readonly schema: unknown; readonly value: unknown }[] {
  const { responses, requestBody } = operation as { responses: Record<string, Bodied>; requestBody?: Bodied };
  const contents = [...Object.values(responses), ...(requestBody === undefined ? [] : [requestBody])].flatMap(
    ({ content = {} }) => Object.values(content),
  );
  return contents.flatMap(({ schema, example, examples = {} }) =>
    [example, ...Object.values(examples).map(({ value }) => value)]
      .filter((value) => value !== undefined)
      .map((value) => ({ schema, value })),
  );
}

/** Placeholders of the transcripts stand for what only a run knows. */
function withoutPlaceholders(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll('"<your client_id>"', JSON.stringify('0'.repeat(40)))
    .replaceAll('"<id of your request>"', '"019abf3c-0000-7000-8000-000000000000"')
    .replaceAll('"<time>"', '"2026-11-22T10:00:00.000Z"')
    .replaceAll(/"<serial number of the \w+>"/g, '"4f00"')
    .replaceAll('"<code_verifier of 43 characters or more>"', JSON.stringify('v'.repeat(43)))
    .replaceAll(/"<https[^"]*"/g, '"https://api.bank.example/"');
  return JSON.parse(text);
}
