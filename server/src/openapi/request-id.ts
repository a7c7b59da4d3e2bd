/** The header by which a client names its request, of every operation. */
export const requestId = {
  name: 'X-Request-Id',
  in: 'header',
  description: 'Answered in the header of the same name',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,70}$' },
};
