import { fstatSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { portsFrom } from '../configuration/ports.js';
import { writeConfiguration } from '../configuration/write-configuration.js';
import { DemoError } from '../demo-error.js';
import { createListener } from '../http/create-listener.js';
import { serveWorld } from '../http/served-world.js';
import { openWorld } from '../world/open-world.js';
import { type Command, DEFAULT_DATA_DIRECTORY, parsePortBase, readOptions } from './command.js';

const RENEWAL_MILLISECONDS = 3_600_000;
const LOOPBACK = '127.0.0.1';

/** `demo serve`: answers for the demo world over HTTP until told to stop. */
export const serve: Command = {
  summary: 'serve the demo world: trusted lists, register, OCSP, CRL, and orders of certificates',
  help: `demo serve [--data-dir DIR] [--port-base N]

Makes what is missing of the demo world, writes the server's configuration DIR/demo/postern.yaml, and listens on
${LOOPBACK}. Prints one line of JSON when it does. Ends on SIGTERM or SIGINT, or when the pipe at its standard input closes.

  --data-dir DIR                  default ${DEFAULT_DATA_DIRECTORY}
  --port-base N                   listen on N+5, and configure the server for the ports from N on (default: 8448)`,
  run: runServe,
};

async function runServe(args: readonly string[]): Promise<void> {
  const options = readOptions(args, {
    'data-dir': { type: 'string', default: DEFAULT_DATA_DIRECTORY },
    'port-base': { type: 'string' },
  });
  const ports = portsFrom(parsePortBase(options['port-base']));
  const open = () => openWorld({ dataDirectory: options['data-dir'], port: ports.world }, new Date());
  let world = await open();
  await writeConfiguration(world.paths.configuration, { ports, worldUrl: world.url });
  const listener = createListener(
    serveWorld(
      () => world,
      () => new Date(),
    ),
  );
  await listen(listener, ports.world);
  const renewal = setInterval(async () => {
    world = await open().catch((error: unknown) => {
      console.error(error);
      return world;
    });
  }, RENEWAL_MILLISECONDS);
  whenToldToStop(() => {
    clearInterval(renewal);
    listener.close();
    listener.closeAllConnections();
  });
  const configuration = join(options['data-dir'], 'demo', 'postern.yaml');
  console.log(JSON.stringify({ ready: true, url: world.url, configuration }));
}

function listen(listener: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? 'it is in use, perhaps by a demo that runs already; choose others with --port-base'
          : error.message;
      reject(new DemoError(`the demo world cannot listen on port ${port}: ${reason}`));
    });
    listener.listen(port, LOOPBACK, resolve);
  });
}

/** A pipe at the standard input belongs to whoever started this process: when it closes, that one is gone. */
function whenToldToStop(stop: () => void): void {
  const once = () => {
    process.stdin.destroy();
    stop();
  };
  process.once('SIGTERM', once).once('SIGINT', once);
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) {
    process.stdin.on('close', once).on('end', once).on('error', once).resume();
  }
}
