/** Headers of answers, for every document. */
export const answerHeaders = {
  'X-Correlation-Id': { description: 'The reference to quote', schema: { type: 'string' } },
  'X-Request-Id': { description: 'That of the request, if it sent one', schema: { type: 'string' } },
  Location: { description: 'The registration_client_uri', schema: { type: 'string', format: 'uri' } },
  ETag: { description: 'Names the registration as it stands, for If-Match', schema: { type: 'string' } },
  Allow: { description: 'The methods that the address answers', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } },
  'WWW-Authenticate': { description: 'RFC 6750 section 3', schema: { type: 'string' } },
};

/** How a third party is known on every connection. */
export const qwacScheme = {
  type: 'mutualTLS',
  description: 'The QWAC of your organisation, with its issuers, as TLS client certificate',
};
