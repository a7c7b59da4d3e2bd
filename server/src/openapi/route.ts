import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { Realm } from '../realm.js';
import { describeRegistration } from './describe-registration.js';

/**
 * The description of registration in one realm. It holds no secret and asks for no certificate: it is read before there is
 * one, by people and by generators of clients. `errorsPage` is the address that refusals name.
 */
export function openapiRoutes(app: FastifyInstance, realm: Realm, errorsPage: string): void {
  const url = `${realm.prefix}/openapi/registration.json`;
  const document = JSON.stringify(describeRegistration(realm, errorsPage));
  app.get(url, { exposeHeadRoute: true }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').type('application/json; charset=utf-8').send(document),
  );
  refuseOtherMethods(app, url, ['GET', 'HEAD']);
}
