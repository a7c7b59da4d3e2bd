import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance } from 'fastify';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'] as const;

/** The methods that the guard of the head lets through; every other is refused before any route. */
export type Method = (typeof methods)[number];

/** Answers 405 with Allow (RFC 9110 section 15.5.6) to the methods that an address does not serve. */
export function refuseOtherMethods(app: FastifyInstance, url: string, allowed: readonly Method[]): void {
  const allow = allowed.join(', ');
  app.route({
    method: methods.filter((method) => !allowed.includes(method)),
    url,
    handler: async (_request, reply) => {
      reply.header('allow', allow);
      throw new Refusal('METHOD_NOT_ALLOWED', `This address answers ${allow} only.`);
    },
  });
}
