import type { FastifyInstance, FastifyReply } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
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
  const documents = [
    [`/.well-known/oauth-authorization-server${realm.prefix}`, metadata],
    [`${realm.prefix}/.well-known/oauth-authorization-server`, metadata],
    [`${realm.prefix}/oauth2/jwks`, keys],
  ] as const;
  for (const [url, body] of documents) {
    app.get(url, { exposeHeadRoute: true }, async (_request, reply) => send(reply, body));
    refuseOtherMethods(app, url, ['GET', 'HEAD']);
  }
}

function send(reply: FastifyReply, body: string): FastifyReply {
  return reply.header('cache-control', 'public, max-age=60').type('application/json; charset=utf-8').send(body);
}
