import type { FastifyInstance } from 'fastify';
import { readPeerCertificates } from '../http/peer-certificates.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
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
  refuseOtherMethods(app, url, ['GET']);
}
