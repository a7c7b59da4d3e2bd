import { DemoError } from '../demo-error.js';
import { parseOrganizationIdentifier } from '../organization/parse-organization-identifier.js';
import { withWorldLock } from '../world/with-world-lock.js';
import type { WorldPaths } from '../world/world-paths.js';
import { withAuthorisation } from './authorisation.js';
import { findEntity } from './find-entity.js';
import { readGoldenCopy, updateGoldenCopy, withEntity } from './golden-copy.js';

/**
 * Withdraws the authorisation of an organisation, or gives it again, effective at once.
 * Returns whether anything changed; throws DemoError when the organisation is not in the register.
 */
export async function setAuthorisation(
  paths: WorldPaths,
  wish: { organizationIdentifier: string; authorised: boolean },
  now: Date,
): Promise<boolean> {
  const identifier = parseOrganizationIdentifier(wish.organizationIdentifier);
  return withWorldLock(paths.lock, async () => {
    const copy = await readGoldenCopy(paths.register);
    const entity = findEntity(copy, identifier);
    if (entity === undefined) {
      throw new DemoError(`${identifier.text} is not in the demo register`);
    }
    const changed = withAuthorisation(entity, wish.authorised, now);
    if (changed !== entity) {
      await updateGoldenCopy(paths.register, withEntity(copy, changed, now));
    }
    return changed !== entity;
  });
}
