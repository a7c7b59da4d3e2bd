import type { FastifyInstance } from 'fastify';
import type { Site } from './site.js';
import { prepareContent, sendContent } from './still-content.js';

/** The style sheets of the pages; on each listener that has pages, because a page takes nothing from another origin. */
export function assetRoutes(app: FastifyInstance, { assets }: Pick<Site, 'assets'>): void {
  for (const [address, style] of assets) {
    const content = prepareContent(style);
    app.get(address, { exposeHeadRoute: true }, async (request, reply) => {
      reply.header('cache-control', 'public, max-age=31536000, immutable').type('text/css; charset=utf-8');
      return sendContent(request, reply, content);
    });
  }
}
