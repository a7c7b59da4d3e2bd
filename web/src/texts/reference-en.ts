import type { ReferenceTexts } from './reference-texts.js';

/** The words around a reference, in English. */
export const referenceEn: ReferenceTexts = {
  'registration-reference': 'Reference: registration',
  'accounts-reference': 'Reference: account information',
  lede: 'Made from the OpenAPI document that this server answers, version {version}.',
  language: 'OpenAPI 3.1',
  downloads: 'To download',
  openapi: 'OpenAPI document',
  collection: 'Collection for Postman, Bruno and Insomnia',
  operations: 'Operations',
  refusals: 'What the codes of refusals mean, and what to do',
  schemas: 'Schemas',
  parameter: 'Parameter',
  member: 'Member',
  where: 'In',
  needed: 'Presence',
  required: 'Required',
  optional: 'Optional',
  type: 'Type',
  meaning: 'Meaning',
  status: 'Status',
  answer: 'Answer',
  body: 'Body of the request',
  exampleRequest: 'Example of the body: {operation}',
  exampleAnswer: 'Example of the answer {status}: {operation}',
};
