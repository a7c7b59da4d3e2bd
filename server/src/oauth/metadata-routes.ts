import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SigningKeys } from '../keys/signing-keys.js';
import type { Realm } from '../realm.js';
import { describeServer } from './describe-server.js';

/**
 * What a client reads before it can do anything: metadata (RFC 8414, at both of its addresses) and the public keys
 * (RFC 7517). They hold no secret and answer without a client certificate: standard clients fetch them before they
 * configure one, and resource servers fetch keys without being a third party.
 */
export function metadataRoutes(app: FastifyInstance, realm: Realm, signingKeys: Pick<SigningKeys, 'jwks'>): void {
  const metadata = JSON.stringify(describeServer(realm));
  const keys = JSON.stringify(signingKeys.jwks());
  app.get(`/.well-known/oauth-authorization-server${realm.prefix}`, async (_request, reply) => send(reply, metadata));
  app.get(`${realm.prefix}/.well-known/oauth-authorization-server`, async (_request, reply) => send(reply, metadata));
  app.get(`${realm.prefix}/oauth2/jwks`, async (_request, reply) => send(reply, keys));
}

function send(reply: FastifyReply, body: string): FastifyReply {
  return reply.header('cache-control', 'public, max-age=60').type('application/json; charset=utf-8').send(body);
}
