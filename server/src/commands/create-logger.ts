import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { describeFault } from './describe-fault.js';

/** What no line holds even if it were passed: the second net, for members of these names one or two levels deep. */
const removed = [
  'authorization',
  'body',
  'cookie',
  'headers',
  'params',
  'password',
  'query',
  'rawHeaders',
  'req',
  'res',
  'token',
];

/**
 * JSON lines on standard error. Of a request only names, sizes and digests are passed to it (decision 40); of a fault it writes where it
 * was, not what it says.
 */
export function createLogger(level: string, stream: DestinationStream = destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { cause: describeFault, err: describeFault },
      redact: { paths: removed.flatMap((name) => [name, `*.${name}`]), remove: true },
    },
    stream,
  );
}
