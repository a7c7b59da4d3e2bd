import { randomBytes } from 'node:crypto';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readPeerCertificates } from '../http/peer-certificates.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { requireMediaType } from '../http/require-media-type.js';
import type { Realm } from '../realm.js';
import type { RegistrationDependencies } from './dependencies.js';
import { endRegistration } from './end-registration.js';
import { listRegistrations, readRegistration } from './read-registrations.js';
import { readExposedToken } from './refuse-exposed-token.js';
import { registerClient } from './register-client.js';
import { createRenderedRegistrations } from './rendered-registrations.js';
import { renewToken } from './renew-token.js';
import { updateRegistration } from './update-registration.js';
import type { SentRegistration } from './verify-request.js';

/** Registration (RFC 7591) and its management (RFC 7592) in one realm, all by the certificate of the connection. */
export function registrationRoutes(
  app: FastifyInstance,
  realm: Realm,
  wiring: Omit<RegistrationDependencies, 'randomBytes'> & Partial<Pick<RegistrationDependencies, 'randomBytes'>>,
): void {
  const dependencies: RegistrationDependencies = { randomBytes, ...wiring };
  const rendered = createRenderedRegistrations(dependencies.database, realm);
  const collection = `${realm.prefix}/oauth2/registrations`;
  const member = `${collection}/:client_id`;

  app.post(collection, async (request, reply) => {
    const presented = readPeerCertificates(request.raw.socket);
    // Who knocks without a certificate learns that first; everything else is for those who have one.
    if (presented.length > 0) requireMediaType(request.headers['content-type'], 'application/json');
    const answer = await registerClient(
      {
        presented,
        ...sentBy(request),
        idempotencyKey: readIdempotencyKey(request),
        authorization: request.headers.authorization,
        correlationId: request.id,
      },
      realm,
      dependencies,
    );
    return reply
      .code(answer.status)
      .headers({ location: String(answer.body['registration_client_uri']), etag: answer.etag })
      .send(answer.body);
  });
  app.get(collection, (request) => listRegistrations(callOf(request), realm, dependencies));
  app.get<Member>(member, async (request, reply) => {
    const { text, etag } = await readRegistration(memberCallOf(request), realm, { ...dependencies, rendered });
    return reply.header('etag', etag).type('application/json; charset=utf-8').send(text);
  });
  app.put<Member>(member, async (request, reply) => {
    const call = { ...changeOf(request), ...sentBy(request) };
    if (call.presented.length > 0) requireMediaType(request.headers['content-type'], 'application/json');
    const { body, etag } = await updateRegistration(call, realm, dependencies);
    return reply.header('etag', etag).send(body);
  });
  app.delete<Member>(member, async (request, reply) => {
    await endRegistration(changeOf(request), realm, dependencies);
    return reply.code(204).send();
  });
  app.post<Member>(`${member}/token`, (request) => renewToken(memberCallOf(request), realm, dependencies));
  refuseOtherMethods(app, collection, ['GET', 'POST']);
  refuseOtherMethods(app, member, ['GET', 'PUT', 'DELETE']);
  refuseOtherMethods(app, `${member}/token`, ['POST']);
}

interface Member {
  Params: { client_id: string };
}

function memberCallOf(request: FastifyRequest<Member>) {
  return {
    ...callOf(request),
    clientId: request.params.client_id,
    authorization: request.headers.authorization,
    exposedToken: readExposedToken(request.raw.url ?? ''),
  };
}

function changeOf(request: FastifyRequest<Member>) {
  return { ...memberCallOf(request), ifMatch: request.headers['if-match'] };
}

function callOf(request: Pick<FastifyRequest, 'raw' | 'id'>) {
  return { presented: readPeerCertificates(request.raw.socket), correlationId: request.id };
}

function sentBy({ method, raw, body }: Pick<FastifyRequest, 'method' | 'raw' | 'body'>): SentRegistration {
  return {
    method,
    target: raw.url ?? '',
    rawHeaders: raw.rawHeaders,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}

function readIdempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Refusal('REQUEST_MALFORMED', 'The header Idempotency-Key must have 1 to 255 visible ASCII characters.');
}
