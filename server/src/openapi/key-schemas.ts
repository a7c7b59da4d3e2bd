import type { JsonSchema } from './json-schema.js';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const x5t256 = 'SHA-256 thumbprint of the certificate, base64url';
const x5c = 'The full certification path (RFC 7517 section 4.7): base64 of the DER of the QSealC, then of its issuers';

/** `SentKeySet`: the sealing certificates as they are sent; what repeats the certificate may be left out. */
export function renderSentKeySet(): JsonSchema {
  return keySet({
    type: 'object',
    required: ['x5c'],
    properties: {
      kty: { type: 'string', const: 'RSA' },
      x5c: {
        type: 'array',
        minItems: 2,
        maxItems: 10,
        items: { type: 'string', contentEncoding: 'base64' },
        description: x5c,
      },
      x5u: {
        type: 'string',
        format: 'uri',
        pattern: '^https://',
        description:
          'An address of yours under which the key is also known, as keyId of a signature; never fetched for that',
      },
      kid: {
        type: ['string', 'null'],
        description: `Given by the bank: the ${x5t256}. Leave it out, send null, or send what the bank gave`,
      },
      use: { type: 'string', const: 'sig' },
      key_ops: { type: 'array', items: { type: 'string', const: 'verify' }, minItems: 1, maxItems: 1 },
      alg: { type: 'string', const: 'RS256' },
      n: { type: 'string', description: 'If it is sent, that of the certificate' },
      e: { type: 'string', description: 'If it is sent, that of the certificate' },
      x5t: { type: 'string', description: 'If it is sent, that of the certificate (SHA-1, base64url)' },
      'x5t#S256': { type: 'string', description: 'If it is sent, that of the certificate' },
      ...Object.fromEntries(privateMembers.map((name) => [name, false])),
    },
  });
}

/** `RegisteredKeySet`: the keys as they are answered, complete. */
export function renderRegisteredKeySet(): JsonSchema {
  return keySet(
    {
      type: 'object',
      required: ['kid', 'kty', 'use', 'alg', 'n', 'e', 'x5c', 'x5t#S256'],
      properties: {
        kid: { type: 'string', description: `keyId of your request signatures: the ${x5t256}` },
        kty: { type: 'string', const: 'RSA' },
        use: { type: 'string', const: 'sig' },
        alg: { type: 'string', const: 'RS256' },
        n: { type: 'string' },
        e: { type: 'string' },
        x5c: { type: 'array', items: { type: 'string', contentEncoding: 'base64' }, description: x5c },
        'x5t#S256': { type: 'string', description: x5t256 },
        x5u: { type: 'string', format: 'uri', description: 'As it was sent' },
        kid_alias: { type: 'string', description: 'Your own kid, where the bank keeps it as another name of the key' },
      },
    },
    0,
  );
}

/** The bounds of a key set are the same wherever one stands. */
function keySet(key: JsonSchema, minItems = 1): JsonSchema {
  return {
    type: 'object',
    required: ['keys'],
    properties: { keys: { type: 'array', minItems, maxItems: 20, items: key } },
  };
}
