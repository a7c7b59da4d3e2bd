import { refusalCatalog } from '@postern/core/refusal/refusal-catalog.js';
import { kitDefects } from '@postern/web/views/kit-defect.js';
import { z } from 'zod';
import { sandboxForms } from '../sandbox-forms.js';
import { type JsonSchema, reference } from './json-schema.js';

const text: JsonSchema = { type: 'string' };
const time: JsonSchema = { type: 'string', format: 'date-time' };
const kind: JsonSchema = { type: 'string', enum: ['qwac', 'qsealc'] };
const roles: JsonSchema = { type: 'array', items: { type: 'string', enum: ['PSP_AI', 'PSP_PI', 'PSP_IC'] } };
const serialNumber: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{2,40}$', description: 'Hexadecimal' };
const path: JsonSchema = { ...text, description: 'PEM: the certificate, then its issuers' };

/** The rule of the server goes by Unicode's categories, which the patterns of many generators of clients do not know. */
const seen =
  '^[^\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ue000-\\uf8ff\\ufeff]+$';

const csr =
  'A certification request (PKCS #10) in PEM; of it nothing counts but the key and the proof of it. Never send a private key';
const meanings: Readonly<Record<keyof typeof sandboxForms, Readonly<Record<string, JsonSchema>>>> = {
  application: {
    organization_name: { pattern: seen, description: 'Stands in the certificates; no characters that cannot be seen' },
    contact: { description: 'An address of e-mail' },
    roles: { description: 'Those to try', uniqueItems: true },
    website_csr: { description: csr },
    seal_csr: { description: `${csr}. Of an RSA key, another than that for the website` },
  },
  renewal: { website_csr: { description: csr }, seal_csr: { description: csr } },
  revocation: {
    serial_number: { description: 'Of a certificate of yours' },
    reason: { description: 'certificateHold holds it, until it is released' },
  },
  release: { serial_number: { description: 'Of a certificate of yours that is held' } },
  standing: { state: { description: 'How your organisation is to stand in the register of the sandbox' } },
  nothing: {},
};

/** Requests, made of the schemas that validate them, and answers about test certificates. */
export const sandboxSchemas: Readonly<Record<string, JsonSchema>> = {
  Application: requestOf('application'),
  Renewal: { ...requestOf('renewal'), minProperties: 1 },
  Revocation: requestOf('revocation'),
  Release: requestOf('release'),
  Standing: requestOf('standing'),
  Nothing: { ...requestOf('nothing'), description: 'An empty object' },
  TestCertificates: {
    type: 'object',
    required: [
      'id',
      'state',
      'organization_identifier',
      'organization_name',
      'roles',
      'contact',
      'register_state',
      'requested_at',
      'certificates',
    ],
    properties: {
      id: { type: 'string', format: 'uuid', description: 'Of the request; with the secret it opens everything below' },
      state: {
        type: 'string',
        enum: ['waiting', 'issued', 'refused'],
        description: 'waiting: somebody at the bank has to agree',
      },
      organization_identifier: { ...text, description: 'Assigned by the sandbox; it is that of no real organisation' },
      organization_name: text,
      roles,
      contact: text,
      register_state: { type: 'string', enum: ['active', 'suspended', 'withdrawn'] },
      requested_at: time,
      decided_at: time,
      reason: { ...text, description: 'What the bank wrote with its decision' },
      certificates: { type: 'array', items: reference('TestCertificate'), description: 'Newest first' },
      secret: { ...text, description: 'Told once, to who made the request; a hash of it is kept' },
    },
  },
  TestCertificate: {
    type: 'object',
    required: ['kind', 'serial_number', 'state', 'issued_at', 'not_after', 'path'],
    properties: {
      kind,
      serial_number: serialNumber,
      state: { type: 'string', enum: ['good', 'held', 'revoked'] },
      issued_at: time,
      not_after: time,
      revoked_at: time,
      path,
    },
  },
  Kit: {
    type: 'object',
    required: ['id', 'kit'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      kit: { type: 'array', items: reference('BrokenCertificate') },
    },
  },
  BrokenCertificate: {
    type: 'object',
    description: 'Broken in one way, over your own key, to be refused',
    required: ['defect', 'kind', 'explains', 'rule', 'refusal', 'serial_number', 'not_after', 'path'],
    properties: {
      defect: { type: 'string', enum: kitDefects },
      kind,
      explains: text,
      rule: { ...text, description: 'The rule that must fail, and none before it' },
      refusal: {
        type: 'string',
        enum: Object.keys(refusalCatalog),
        description: 'With TLS; of a seal, of the registration that names it',
      },
      serial_number: serialNumber,
      not_after: time,
      path,
    },
  },
};

function requestOf(name: keyof typeof sandboxForms): JsonSchema {
  const { $schema: _dialect, properties = {}, ...schema } = z.toJSONSchema(sandboxForms[name], { io: 'input' });
  const members = Object.entries(properties).map(([member, rule]) => [
    member,
    { ...(rule as JsonSchema), ...meanings[name][member] },
  ]);
  return { ...schema, properties: Object.fromEntries(members) };
}
