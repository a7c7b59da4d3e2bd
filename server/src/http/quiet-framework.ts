import type { FastifyBaseLogger } from 'fastify';

/** A logger for the framework: it writes of requests, addresses and all, so that only what it complains of is passed on, without its words. */
export function quietFramework(logger: FastifyBaseLogger): FastifyBaseLogger {
  const complain = (given: unknown) =>
    logger.warn({ cause: given instanceof Error ? given : causeOf(given) }, 'the framework complains');
  const own = { warn: complain, error: complain, fatal: complain, info: silent, debug: silent, trace: silent };
  const quiet: FastifyBaseLogger = Object.create(logger, {
    child: { value: () => quiet },
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, { value }])),
  });
  return quiet;
}

function silent(): void {}

function causeOf(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'err' in given ? given.err : undefined;
}
