/** The words around a reference; the reference itself is in the language of its document. */
export interface ReferenceTexts {
  readonly 'registration-reference': string;
  readonly 'oauth2-reference': string;
  readonly 'accounts-reference': string;
  readonly 'sandbox-reference': string;
  /** In the place of everything, where the interface is not offered. */
  readonly absent: string;
  readonly lede: string;
  readonly language: string;
  readonly downloads: string;
  readonly openapi: string;
  readonly collection: string;
  readonly operations: string;
  readonly refusals: string;
  readonly schemas: string;
  readonly parameter: string;
  readonly member: string;
  readonly where: string;
  readonly needed: string;
  readonly required: string;
  readonly optional: string;
  readonly type: string;
  readonly meaning: string;
  readonly status: string;
  readonly answer: string;
  readonly body: string;
  readonly exampleRequest: string;
  readonly exampleAnswer: string;
}
