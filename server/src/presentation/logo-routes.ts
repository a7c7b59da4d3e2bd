import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { Realm } from '../realm.js';
import { readLogoImage } from '../store/client-logos.js';
import type { Database } from '../store/database.js';
import { logoAddress } from './logo-address.js';

/** Logos that we drew ourselves, on the origin of the pages that show them. */
export function logoRoutes(app: FastifyInstance, realm: Realm, database: Database): void {
  const address = logoAddress(realm, ':sha256');
  app.get<{ Params: { sha256: string } }>(address, { exposeHeadRoute: true }, async (request, reply) => {
    const { sha256 } = request.params;
    const png = /^[0-9a-f]{64}$/.test(sha256) ? await readLogoImage(database, sha256) : undefined;
    if (png === undefined) throw new Refusal('NOT_FOUND', 'There is no such logo here.');
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
      .type('image/png')
      .send(Buffer.from(png));
  });
  refuseOtherMethods(app, address, ['GET', 'HEAD']);
}
