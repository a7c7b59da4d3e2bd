import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance } from 'fastify';
import { readPeerCertificates } from '../http/peer-certificates.js';
import type { Realm } from '../realm.js';
import { type CheckDependencies, checkCertificate } from './check-certificate.js';

/** What the bank thinks of the certificate of the connection, in one realm. */
export function certificateCheckRoutes(app: FastifyInstance, realm: Realm, dependencies: CheckDependencies): void {
  const url = `${realm.prefix}/certificate-check`;
  app.get(url, (request) =>
    checkCertificate(
      { presented: readPeerCertificates(request.raw.socket), correlationId: request.id },
      realm,
      dependencies,
    ),
  );
  app.route({
    method: ['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    url,
    handler: (_request, reply) => {
      reply.header('allow', 'GET');
      throw new Refusal('METHOD_NOT_ALLOWED', 'Only GET is answered here.');
    },
  });
}
