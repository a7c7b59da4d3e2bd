import { destination, type Logger, pino } from 'pino';

/** JSON lines on standard error. Headers, bodies and credentials are never passed to it. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { cause: pino.stdSerializers.err } },
    destination(2),
  );
}
