import type { SigningKey } from '@postern/core/signature/sign-request.js';
import type { Connection } from '../http/connection.js';
import { signRequest } from './sign-request.js';

/** The same connection, on which every request with a body is signed, as calls of the API are; the others go as they are. */
export function signingConnection(connection: Connection, key: SigningKey, clock: () => Date): Connection {
  return {
    ...connection,
    send: (request) => {
      if (request.body === undefined) return connection.send(request);
      const body = Buffer.from(request.body);
      const { headers } = signRequest({ ...request, body }, key, clock());
      return connection.send({ ...request, headers, body });
    },
  };
}
