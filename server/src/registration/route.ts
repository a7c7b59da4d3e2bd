import { randomBytes } from 'node:crypto';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readPeerCertificates } from '../http/peer-certificates.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { requireMediaType } from '../http/require-media-type.js';
import type { Realm } from '../realm.js';
import type { RegistrationDependencies } from './dependencies.js';
import { listRegistrations, readRegistration } from './read-registrations.js';
import { registerClient } from './register-client.js';

/** Registration (RFC 7591) and its recovery (RFC 7592) in one realm, all by the certificate of the connection. */
export function registrationRoutes(
  app: FastifyInstance,
  realm: Realm,
  wiring: Omit<RegistrationDependencies, 'randomBytes'> & Partial<Pick<RegistrationDependencies, 'randomBytes'>>,
): void {
  const dependencies: RegistrationDependencies = { randomBytes, ...wiring };
  const collection = `${realm.prefix}/oauth2/registrations`;
  const member = `${collection}/:client_id`;

  app.post(collection, async (request, reply) => {
    const presented = readPeerCertificates(request.raw.socket);
    // Who knocks without a certificate learns that first; everything else is for those who have one.
    if (presented.length > 0) requireMediaType(request.headers['content-type'], 'application/json');
    const answer = await registerClient(
      { presented, body: readBody(request), idempotencyKey: readIdempotencyKey(request), correlationId: request.id },
      realm,
      dependencies,
    );
    return reply.code(answer.status).header('location', answer.body['registration_client_uri']).send(answer.body);
  });
  app.get(collection, (request) => listRegistrations(callOf(request), realm, dependencies));
  app.get<{ Params: { client_id: string } }>(member, (request) =>
    readRegistration(
      { ...callOf(request), clientId: request.params.client_id, authorization: request.headers.authorization },
      realm,
      dependencies,
    ),
  );
  refuseOtherMethods(app, collection, ['GET', 'POST']);
  refuseOtherMethods(app, member, ['GET']);
}

function callOf(request: FastifyRequest) {
  return { presented: readPeerCertificates(request.raw.socket), correlationId: request.id };
}

function readBody(request: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function readIdempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Refusal('REQUEST_MALFORMED', 'The header Idempotency-Key must have 1 to 255 visible ASCII characters.');
}
