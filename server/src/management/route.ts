import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';
import { type ReadinessCheck, readReadiness } from './readiness.js';

/** Health and figures, for the inside only: `/health/live`, `/health/ready`, `/metrics`. */
export function managementRoutes(app: FastifyInstance, checks: readonly ReadinessCheck[], metrics: Metrics): void {
  app.get('/health/live', async () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => {
    const readiness = await readReadiness(checks);
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.render()));
}
