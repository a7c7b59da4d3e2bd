import fastify from 'fastify';
import type { OperatorSettings } from '../../../server/src/operator/operator-settings.js';
import { operatorRoutes } from '../../../server/src/operator/route.js';
import type { WayIn } from '../../../server/src/operator/way-in.js';
import { createUuid } from '../../../server/src/store/uuid.js';

/** The addresses of one method that the console registers for a way in, with an id in the place of each parameter. */
export async function listRoutes(kind: WayIn['kind'], method: 'GET' | 'POST'): Promise<readonly string[]> {
  const urls: string[] = [];
  const app = fastify({ exposeHeadRoutes: false });
  // Other methods than those that an address serves are registered in lists.
  app.addHook('onRoute', (route) => {
    if (route.method === method) urls.push(route.url.replace(':id', createUuid(new Date(0))));
  });
  // Nothing is asked of the settings before a request comes.
  operatorRoutes(app, {
    wayIn: { kind },
    site: { assets: new Map() },
    clock: () => new Date(),
  } as unknown as OperatorSettings);
  await app.close();
  return urls;
}
