import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { Metrics } from './metrics.js';
import { type ReadinessCheck, readReadiness } from './readiness.js';

/** Health and figures, for the inside only: `/health/live`, `/health/ready`, `/metrics`. */
export function managementRoutes(app: FastifyInstance, checks: readonly ReadinessCheck[], metrics: Metrics): void {
  const head = { exposeHeadRoute: true };
  app.get('/health/live', head, async () => ({ live: true }));
  app.get('/health/ready', head, async (_request, reply) => {
    const readiness = await readReadiness(checks);
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
  app.get('/metrics', head, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.render()));
  for (const url of ['/health/live', '/health/ready', '/metrics']) refuseOtherMethods(app, url, ['GET', 'HEAD']);
}
