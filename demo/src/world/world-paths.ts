import { join, resolve } from 'node:path';

export type WorldPaths = ReturnType<typeof worldPaths>;

/** Where everything of the demo world lies under a data directory. */
export function worldPaths(dataDirectory: string) {
  const demo = join(resolve(dataDirectory), 'demo');
  return {
    demo,
    lock: join(demo, 'lock'),
    settings: join(demo, 'world.json'),
    configuration: join(demo, 'postern.yaml'),
    qtsp: join(demo, 'qtsp'),
    secondQtsp: join(demo, 'second-qtsp'),
    issuedIndex: join(demo, 'qtsp', 'index.json'),
    impostor: join(demo, 'impostor'),
    scheme: join(demo, 'scheme'),
    register: join(demo, 'register', 'register.json'),
    tls: join(demo, 'tls'),
  } as const;
}
