import { type JsonSchema, reference } from './json-schema.js';

const text: JsonSchema = { type: 'string' };
const currency: JsonSchema = { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217' };
const resourceId: JsonSchema = {
  type: 'string',
  description: 'Names the resource here, for as long as the access lasts',
};
const day: JsonSchema = { type: 'string', format: 'date' };

/** The resources of the STET framework 1.5 as far as they are served. */
export const accountSchemas: Readonly<Record<string, JsonSchema>> = {
  Accounts: answerOf('accounts', 'Account', 'The accounts that the customer chose'),
  Account: {
    type: 'object',
    required: [
      'resourceId',
      'bicFi',
      'accountId',
      'name',
      'usage',
      'cashAccountType',
      'product',
      'currency',
      'psuStatus',
      '_links',
    ],
    properties: {
      resourceId,
      bicFi: { ...text, description: 'BIC of the bank (ISO 9362)' },
      accountId: reference('AccountId'),
      name: text,
      usage: { type: 'string', enum: ['PRIV', 'ORGA'], description: 'Private or of an organisation' },
      cashAccountType: {
        type: 'string',
        enum: ['CACC', 'CARD'],
        description: 'Current account, or card with deferred debit',
      },
      linkedAccount: { ...text, description: 'Of a card: the resourceId of the account that its sums are taken from' },
      product: text,
      currency,
      psuStatus: { type: 'string', const: 'Account Holder' },
      _links: reference('Links'),
    },
  },
  AccountId: {
    type: 'object',
    description: 'An IBAN, or the masked number of a card',
    required: ['currency'],
    properties: { iban: text, other: reference('CardIdentification'), currency },
  },
  CardIdentification: {
    type: 'object',
    required: ['identification', 'schemeName'],
    properties: { identification: text, schemeName: { type: 'string', const: 'MPAN' } },
  },
  Balances: answerOf('balances', 'Balance', 'The balances of the account'),
  Balance: {
    type: 'object',
    required: ['name', 'balanceAmount', 'balanceType', 'referenceDate'],
    properties: {
      name: text,
      balanceAmount: reference('Amount'),
      balanceType: { type: 'string', enum: ['CLBD', 'XPCD', 'OTHR'], description: 'Booked, expected, or another' },
      referenceDate: { type: 'string', description: 'Time with offset' },
    },
  },
  Amount: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: { amount: { type: 'number', description: 'Two decimal places at most' }, currency },
  },
  Transactions: answerOf('transactions', 'Transaction', 'Newest first'),
  Transaction: {
    type: 'object',
    description: 'Amounts are absolute; creditDebitIndicator tells the direction',
    required: [
      'resourceId',
      'entryReference',
      'transactionAmount',
      'creditDebitIndicator',
      'status',
      'transactionDate',
      'remittanceInformation',
    ],
    properties: {
      resourceId,
      entryReference: text,
      transactionAmount: reference('Amount'),
      creditDebitIndicator: { type: 'string', enum: ['CRDT', 'DBIT'] },
      status: {
        type: 'string',
        enum: ['BOOK', 'PDNG', 'OTHR'],
        description: 'Booked, pending, or a card payment taken later',
      },
      bookingDate: day,
      expectedBookingDate: day,
      valueDate: day,
      transactionDate: day,
      remittanceInformation: reference('Remittance'),
    },
  },
  Remittance: {
    type: 'object',
    required: ['unstructured'],
    properties: { unstructured: { type: 'array', items: text } },
  },
  Links: {
    type: 'object',
    description: 'Where one can go from here; paths on the same host, by the name of the relation',
    additionalProperties: reference('Link'),
  },
  Link: { type: 'object', required: ['href'], properties: { href: text } },
};

/** `Refusal`: the ErrorModel of the STET framework with what is added here. */
export function renderStetRefusalSchema(codes: readonly string[]): JsonSchema {
  return {
    type: 'object',
    required: ['status', 'timestamp', 'message', 'error', 'path', 'error_code', 'documentation', 'correlation_id'],
    properties: {
      status: { type: 'integer' },
      timestamp: { ...text, description: 'Time with offset' },
      message: { type: 'string', maxLength: 140, description: 'Names what failed and its rule' },
      error: { ...text, description: 'The code of the standard' },
      path: text,
      error_code: { type: 'string', enum: codes, description: 'Stable, from the closed list of the errors page' },
      findings: {
        type: 'array',
        items: reference('Finding'),
        description: 'What the rules of qualification found, where a certificate was judged',
      },
      documentation: { type: 'string', format: 'uri' },
      correlation_id: { ...text, description: 'The reference to quote; also in the header X-Correlation-Id' },
    },
  };
}

function answerOf(member: string, item: string, description: string): JsonSchema {
  return {
    type: 'object',
    required: [member, '_links'],
    properties: { [member]: { type: 'array', items: reference(item), description }, _links: reference('Links') },
  };
}
