import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { MetricSources, Metrics } from './metrics.js';
import { type ReadinessCheck, readReadiness } from './readiness.js';

export interface Management {
  readonly checks: readonly ReadinessCheck[];
  /** What this node judges by, so that a balancer can take a node out whose version stays behind the others'. */
  readonly datasets: MetricSources['datasets'];
  readonly metrics: Metrics;
}

/** Health and figures, for the inside only: `/health/live`, `/health/ready`, `/metrics`. */
export function managementRoutes(app: FastifyInstance, { checks, datasets, metrics }: Management): void {
  const head = { exposeHeadRoute: true };
  app.get('/health/live', head, async () => ({ live: true }));
  app.get('/health/ready', head, async (_request, reply) => {
    const readiness = await readReadiness(checks);
    return reply.code(readiness.ready ? 200 : 503).send({ ...readiness, datasets: datasets() });
  });
  app.get('/metrics', head, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.render()));
  for (const url of ['/health/live', '/health/ready', '/metrics']) refuseOtherMethods(app, url, ['GET', 'HEAD']);
}
