import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeRegistration } from '../../server/src/openapi/describe-registration.js';
import { type OpenapiDocument, operationsOf, type SchemaObject } from '../material/openapi-document.js';
import { sharedMaterial } from './real-lists.js';

/** The registration contract of STET, version 1.0.5, as it was published. */
const file = resolve(sharedMaterial, 'stet/stet-registration-1.0.5.swagger.json');
const present = existsSync(file);
if (!present) console.log(`skipped: ${file} is absent, registration is not held against the STET contract`);

const section = 'STET registration contract 1.0.5';

/** Where the operations of the contract stand here. */
const operationHere: Readonly<Record<string, string>> = {
  registrationPost: 'POST /oauth2/registrations',
  registrationGet: 'GET /oauth2/registrations/{client_id}',
  registrationPut: 'PUT /oauth2/registrations/{client_id}',
  registrationDelete: 'DELETE /oauth2/registrations/{client_id}',
};

interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>;
  readonly definitions: Readonly<
    Record<string, SchemaObject & { readonly items?: { readonly enum?: readonly string[] } }>
  >;
  readonly parameters: Readonly<Record<string, { readonly name: string; readonly in: string }>>;
}

interface ContractOperation {
  readonly operationId: string;
  readonly parameters: readonly { readonly $ref: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

describe.skipIf(!present)('the STET registration contract', () => {
  test('is kept, but for what stands by name in docs/divergences.md', () => {
    const contract = JSON.parse(readFileSync(file, 'utf8')) as Contract;
    const found = [...new Set(differences(contract))].sort();
    expect(listedNames().sort()).toEqual(found);
  });
});

/** What a brand answers by that has decided nothing. */
const undecided = { nativeRedirects: false, requestSignature: 'none' } as const;
const document = describeRegistration(
  {
    brand: { id: 'bank', name: { fr: 'Banque', en: 'Bank' } },
    environment: 'production',
    bank: 'simulated',
    prefix: '/bank',
    issuer: 'https://api.bank.example/bank',
    apiUrl: 'https://api.bank.example',
    webUrl: 'https://bank.example',
  },
  { errorsPage: 'https://bank.example/errors', policy: undecided },
) as unknown as OpenapiDocument;

/** Every difference by its name. What the contract leaves open is none. */
function differences(contract: Contract): readonly string[] {
  const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  return [
    ...operations.flatMap(({ path, method, operation }) => [
      ...(`${method.toUpperCase()} ${path}` === operationHere[operation.operationId] ? [] : [`path ${path}`]),
      ...differencesOfOperation(contract, operation),
    ]),
    ...differencesOfMembers('request', contract.definitions['RegistrationRequestResource'], 'ClientMetadata'),
    ...differencesOfMembers('answer', contract.definitions['RegistrationRecord'], 'Registration'),
    ...differencesOfMembers('key', contract.definitions['JsonWebKey'], keyOf('SentKeySet')),
    ...differencesOfMembers('error 400', contract.definitions['ErrorModel_400'], 'Refusal'),
    ...differencesOfMembers('error', contract.definitions['ErrorModel'], 'Refusal'),
    ...differencesOfValues(contract),
  ];
}

function differencesOfOperation(
  contract: Contract,
  { operationId, parameters, responses }: ContractOperation,
): readonly string[] {
  const here = operationsOf(document).get(operationHere[operationId] ?? '');
  if (here === undefined) return [`operation ${operationId}`];
  const headersHere = JSON.stringify(document.paths);
  const headers = parameters
    .map(({ $ref }) => contract.parameters[$ref.split('/').at(-1) ?? ''])
    .filter((parameter) => parameter?.in === 'header')
    .map((parameter) => parameter?.name ?? '');
  return [
    ...headers
      .filter((name) => !headersHere.toLowerCase().includes(`"${name.toLowerCase()}"`))
      .map((name) => `header ${name}`),
    ...missing(responses, here.responses).map((status) => `status ${status} missing`),
    ...missing(here.responses, responses).map((status) => `status ${status} added`),
  ];
}

function differencesOfMembers(
  what: string,
  contract: SchemaObject | undefined,
  name: string | SchemaObject,
): readonly string[] {
  const here = typeof name === 'string' ? document.components.schemas[name] : name;
  const [wanted, own] = [contract?.properties ?? {}, here?.properties ?? {}];
  const added = missing(own, wanted).filter((member) => (own[member] as unknown) !== false);
  const needed = (schema: SchemaObject | undefined) => schema?.required ?? [];
  return [
    ...missing(wanted, own).map((member) => `${what} ${member} missing`),
    // What an answer holds beside the contract is in nobody's way; what a request may or must hold can be.
    ...(what === 'request' || what === 'key' ? added : []).map((member) => `${what} ${member} added`),
    ...needed(contract)
      .filter((member) => Object.hasOwn(own, member) && !needed(here).includes(member))
      .map((member) => `${what} ${member} optional`),
    ...needed(here)
      .filter((member) => what === 'request' && !needed(contract).includes(member))
      .map((member) => `${what} ${member} required`),
    ...Object.keys(wanted).flatMap((member) => differencesOfTypes(`${what} ${member}`, wanted[member], own[member])),
  ];
}

function differencesOfTypes(
  name: string,
  contract: Readonly<Record<string, unknown>> | undefined,
  here: Readonly<Record<string, unknown>> | undefined,
): readonly string[] {
  if (here === undefined || contract === undefined || contract['$ref'] !== undefined) return [];
  const typesHere = [here['type']].flat();
  return [
    ...(here['type'] === undefined || typesHere.includes(contract['type']) ? [] : [`${name} type`]),
    ...(typeof contract['maxLength'] === 'number' &&
    Number(here['maxLength'] ?? Number.MAX_VALUE) > contract['maxLength']
      ? [`${name} length`]
      : []),
  ];
}

/** Values that the contract allows and that are refused here. */
function differencesOfValues({ definitions }: Contract): readonly string[] {
  const here = document.components.schemas['ClientMetadata']?.properties ?? {};
  const enumerated = [
    ['token_endpoint_auth_method', (definitions['TokenEndpointAuthMethod'] as { enum?: string[] }).enum ?? []],
    ['grant_types', definitions['GrantTypes']?.items?.enum ?? []],
    ['response_types', definitions['ResponseTypes']?.items?.enum ?? []],
  ] as const;
  const errors = (definitions['ErrorModel_400']?.properties?.['error'] as { enum?: string[] }).enum ?? [];
  const errorsHere = JSON.stringify(document.components.schemas['Refusal']?.properties?.['error']);
  return [
    ...enumerated.flatMap(([member, values]) => {
      const taken = JSON.stringify(here[member]);
      return values.filter((value) => !taken.includes(`"${value}"`)).map((value) => `${member} ${value}`);
    }),
    ...errors.filter((value) => !errorsHere.includes(`"${value}"`)).map((value) => `error ${value}`),
  ];
}

function keyOf(keySet: string): SchemaObject {
  const keys = document.components.schemas[keySet]?.properties?.['keys'];
  return (keys as { items: SchemaObject }).items;
}

function missing(from: object, of: object): readonly string[] {
  return Object.keys(from).filter((name) => !Object.hasOwn(of, name));
}

/** The names in the first column of the section. */
function listedNames(): string[] {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/divergences.md'), 'utf8');
  const part = text.split(`## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const cells = part
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ')[0] ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
}
