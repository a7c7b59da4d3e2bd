import { parseJson } from '@postern/core/json/parse-json.js';
import {
  type ClientMetadataDraft,
  parseClientMetadataInSteps,
  requireJsonObject,
} from '@postern/core/registration/parse-client-metadata.js';
import { findRegistrationMemberProblems } from '@postern/core/registration/registration-members.js';
import type { Realm } from '../realm.js';
import { requireActive } from '../require-active.js';
import { isClientInUse } from '../store/client-use.js';
import { admitChange } from './admit-change.js';
import { type Asking, countRequest } from './count-request.js';
import { decideClient } from './decide-client.js';
import type { RegistrationDependencies } from './dependencies.js';
import { type FoundRegistration, findRegistration, type ManagementCall } from './find-registration.js';
import { lastKey, useOf } from './last-key.js';
import { doInTurns } from './pass-turns.js';
import { type RenderedRegistration, renderAnswer } from './read-registrations.js';
import { recordUpdate } from './record-update.js';
import { requireMatch, versionOf } from './registration-etag.js';
import { isRegistrationToken, issueRegistrationToken } from './registration-token.js';
import { clientUriOf, issuedAtOf } from './render-registration.js';
import { requireSignature, type SentRegistration } from './verify-request.js';

export interface UpdateCall extends ManagementCall, SentRegistration {
  readonly ifMatch: string | undefined;
}

/**
 * Puts a whole registration in the place of another (RFC 7592 section 2.2), judged as a new one is, everything wrong told at
 * once. Throws the Refusals of `findRegistration` and of registration, PRECONDITION_FAILED, CLIENT_SUSPENDED, and those of `verifyRequest`.
 */
export async function updateRegistration(
  call: UpdateCall,
  realm: Realm,
  dependencies: RegistrationDependencies,
): Promise<RenderedRegistration> {
  return admitChange(dependencies, call.presented, async (peer) => {
    const asking: Asking = { realm, peer, dependencies, now: dependencies.clock() };
    const found = await findRegistration(call, asking, { needsTokens: true });
    await countRequest(asking, 'updates');
    requireSignature(asking, call);
    requireActive(found.client);
    requireMatch(call.ifMatch, versionOf(found.client, realm));
    const draft = await readDraft(call, asking, found);
    const decided = await decideClient(asking, { draft, registered: found.client, call });
    const rotates = dependencies.policy.tokenRotation === 'on-update';
    const successor = rotates ? issueRegistrationToken(dependencies.randomBytes) : undefined;
    const updated = await recordUpdate(asking, { call, found, decided, successor });
    dependencies.onClientChanged(updated.clientId);
    return renderAnswer(updated, realm, successor?.token ?? found.token);
  });
}

async function readDraft(call: UpdateCall, asking: Asking, found: FoundRegistration): Promise<ClientMetadataDraft> {
  const { realm, dependencies } = asking;
  const { client, tokenHashes } = found;
  const sent = requireJsonObject(parseJson(call.body));
  const draft = await doInTurns(
    parseClientMetadataInSteps(sent, dependencies.ownHosts, { ...dependencies.policy, mayBeEmpty: true }),
  );
  const own = findRegistrationMemberProblems(sent, {
    clientId: client.clientId,
    clientUri: clientUriOf(client, realm),
    issuedAt: issuedAtOf(client),
    isToken: (text) => isRegistrationToken(text, tokenHashes),
  });
  const isEmpty = draft.keys.length === 0 && !draft.problems.some(({ member }) => member.startsWith('jwks'));
  const inUse = isEmpty && (await isClientInUse(dependencies.database, useOf(asking, client.clientId)));
  return { ...draft, problems: [...own, ...draft.problems, ...(inUse ? [lastKey] : [])] };
}
