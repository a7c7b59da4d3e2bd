import { setAuthorisation } from '../register/set-authorisation.js';
import { openWorld } from '../world/open-world.js';
import { awaitRunningWorld } from './await-running-world.js';
import { DEFAULT_DATA_DIRECTORY, readOptions, required } from './command.js';

/** What `demo withdraw` and `demo reinstate` do alike. */
export async function changeAuthorisation(args: readonly string[], authorised: boolean): Promise<void> {
  const options = readOptions(args, {
    'organization-identifier': { type: 'string' },
    'data-dir': { type: 'string', default: DEFAULT_DATA_DIRECTORY },
    json: { type: 'boolean', default: false },
  });
  const organizationIdentifier = required(options['organization-identifier'], 'organization-identifier');
  const world = await openWorld({ dataDirectory: options['data-dir'] }, new Date());
  const changed = await setAuthorisation(world.paths, { organizationIdentifier, authorised }, new Date());
  await awaitRunningWorld(world, 'register');
  const state = authorised ? 'authorised' : 'withdrawn';
  console.log(
    options.json
      ? JSON.stringify({ organizationIdentifier, state, changed })
      : `${organizationIdentifier} is ${changed ? 'now' : 'already'} ${state}`,
  );
}
