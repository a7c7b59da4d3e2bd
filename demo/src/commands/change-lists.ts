import { DemoError } from '../demo-error.js';
import { rotateSigner, setListExpired, setServiceGranted } from '../scheme/change-lists.js';
import { isListName } from '../scheme/scheme-state.js';
import { openWorld, type World } from '../world/open-world.js';
import { awaitRunningWorld } from './await-running-world.js';
import { type Command, DEFAULT_DATA_DIRECTORY, readOptions } from './command.js';

const commonOptions = `  --data-dir DIR                  default ${DEFAULT_DATA_DIRECTORY}
  --json                          print the result as JSON`;

/** `demo withdraw-service`: the trust service that issues certificates loses its qualified status. */
export const withdrawService: Command = {
  summary: "withdraw the QTSP's trust service on the trusted list",
  help: `demo withdraw-service

The list of FR calls the service of the demo QTSP withdrawn from now on: no certificate of it is qualified any more.
demo reinstate-service ends that.

${commonOptions}`,
  run: (args) => runServiceChange(args, false),
};

/** `demo reinstate-service`: the trust service is granted again. */
export const reinstateService: Command = {
  summary: "grant the QTSP's trust service again",
  help: `demo reinstate-service

The list of FR calls the service of the demo QTSP granted again, from now on; what was withdrawn stands in its history.

${commonOptions}`,
  run: (args) => runServiceChange(args, true),
};

/** `demo expire-list`: a list is no longer renewed. */
export const expireList: Command = {
  summary: 'let a trusted list expire',
  help: `demo expire-list [--list fr|lotl]

Issues the list with a NextUpdate that has passed and renews it no more. demo renew-list ends that.

  --list fr|lotl                  the national list (default), or the list of lists
${commonOptions}`,
  run: (args) => runExpiry(args, true),
};

/** `demo renew-list`: a list that expired is issued anew. */
export const renewList: Command = {
  summary: 'issue an expired trusted list anew',
  help: `demo renew-list [--list fr|lotl]

Issues the list with six months to go, and renews it from then on.

  --list fr|lotl                  the national list (default), or the list of lists
${commonOptions}`,
  run: (args) => runExpiry(args, false),
};

/** `demo rotate-signer`: another key signs the national list. */
export const rotateSignerCommand: Command = {
  summary: 'give the list of FR another signer',
  help: `demo rotate-signer [--unannounced]

The list of lists names the new signer beside the one before. Unannounced it does not: whoever verifies the list must then
refuse it and keep the last good one. demo rotate-signer without that mends it.

  --unannounced                   say nothing in the list of lists
${commonOptions}`,
  run: async (args) => {
    const options = readOptions(args, { ...common, unannounced: { type: 'boolean', default: false } });
    await runListChange(options, async (world) => {
      const signer = await rotateSigner(world, !options.unannounced, new Date());
      const announced = options.unannounced ? 'unannounced' : 'announced';
      return { text: `the list of FR is signed by ${signer}, ${announced}`, json: { signer, announced } };
    });
  },
};

const common = {
  'data-dir': { type: 'string', default: DEFAULT_DATA_DIRECTORY },
  json: { type: 'boolean', default: false },
} as const;

type CommonOptions = { readonly 'data-dir': string; readonly json: boolean };

async function runServiceChange(args: readonly string[], granted: boolean): Promise<void> {
  await runListChange(readOptions(args, common), async (world) => {
    const changed = await setServiceGranted(world, granted, new Date());
    const status = granted ? 'granted' : 'withdrawn';
    return { text: `the trust service is ${changed ? 'now' : 'already'} ${status}`, json: { status, changed } };
  });
}

async function runExpiry(args: readonly string[], expired: boolean): Promise<void> {
  const options = readOptions(args, { ...common, list: { type: 'string', default: 'fr' } });
  const { list } = options;
  if (!isListName(list)) {
    throw new DemoError('--list must be fr or lotl', { usage: true });
  }
  await runListChange(options, async (world) => {
    const changed = await setListExpired(world, { list, expired }, new Date());
    const state = expired ? 'expired' : 'renewed';
    return { text: `the list ${list} is ${changed ? 'now' : 'already'} ${state}`, json: { list, state, changed } };
  });
}

async function runListChange(
  options: CommonOptions,
  change: (world: World) => Promise<{ readonly text: string; readonly json: object }>,
): Promise<void> {
  const world = await openWorld({ dataDirectory: options['data-dir'] }, new Date());
  const { text, json } = await change(world);
  await awaitRunningWorld(world, 'lists');
  console.log(options.json ? JSON.stringify(json) : text);
}
