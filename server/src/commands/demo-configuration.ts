import { join, resolve } from 'node:path';

/** The configuration that the demo has in its folder; commands take it where no other is named. */
export function demoConfiguration(dataDirectory: string): string {
  return join(resolve(dataDirectory), 'demo', 'postern.yaml');
}
