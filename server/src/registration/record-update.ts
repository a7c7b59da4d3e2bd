import { Refusal } from '@postern/core/refusal/refusal.js';
import { logoSources } from '@postern/core/registration/logo.js';
import { type AuditEvent, type AuditKind, insertAuditEvents } from '../audit/audit-event.js';
import { insertDecisions } from '../audit/insert-decision.js';
import { recordPresentation } from '../presentation/record-presentation.js';
import { requireActive } from '../require-active.js';
import { writeLogoSources } from '../store/client-logos.js';
import { endRegistrationTokens, insertRegistrationToken, readRegistrationTokenHashes } from '../store/client-tokens.js';
import { isClientInUse } from '../store/client-use.js';
import { lockClient, type RegisteredClient, replaceClient } from '../store/clients.js';
import type { Sql } from '../store/database.js';
import type { Asking } from './count-request.js';
import type { DecidedClient } from './decide-client.js';
import { type FoundRegistration, type ManagementCall, notFound, wrongToken } from './find-registration.js';
import { insertCertificates } from './insert-certificates.js';
import { lastKey, useOf } from './last-key.js';
import { requireMatch, versionOf } from './registration-etag.js';
import { isRegistrationToken, type RegistrationToken } from './registration-token.js';

/** What was decided about an update before it is written. */
export interface DecidedUpdate {
  readonly call: ManagementCall & { readonly ifMatch: string | undefined };
  readonly found: FoundRegistration;
  readonly decided: DecidedClient;
  /** The token in whose favour all others end, where the brand rotates them. */
  readonly successor: RegistrationToken | undefined;
}

/** Writes an update in one transaction, one after the other for each client: what it was decided on is looked at again. */
export async function recordUpdate(asking: Asking, update: DecidedUpdate): Promise<RegisteredClient> {
  return asking.dependencies.database.transaction(async (sql) => {
    await insertCertificates(sql, asking, update.decided.seals);
    const before = await lockRegistration(sql, asking, { ...update, purpose: 'change' });
    const { client: admitted, seals } = update.decided;
    if (admitted.keys.length === 0 && (await isClientInUse(sql, useOf(asking, before.clientId))))
      throw new Refusal('METADATA_INVALID', lastKey.text, { problems: [lastKey.text] });
    const replaced: RegisteredClient = { ...before, legalName: asking.peer.organization.legalName, ...admitted };
    await replaceClient(sql, replaced, asking.now);
    // A logo that is named no more is not shown any longer, even when no other takes its place.
    if (logoSources(before.metadata).length > 0 && logoSources(replaced.metadata).length === 0)
      await writeLogoSources(sql, { clientId: before.clientId, sources: [], at: asking.now });
    const presentation = { ...asking.dependencies.presentation, at: asking.now };
    const { correlationId } = update.call;
    const nameStanding = await recordPresentation(sql, replaced, { ...presentation, correlationId });
    const after = { ...replaced, nameStanding };
    await replaceTokens(sql, asking, update);
    await insertDecisions(sql, [asking.peer.decision, ...seals]);
    const detail = { ...describeChange(before, after, asking), decisions: seals.map(({ id }) => id) };
    await insertAuditEvents(sql, [{ ...eventOf(asking, update.call, 'registration-updated'), detail }]);
    return after;
  });
}

/**
 * The client under its lock, if it lives, the token is still right and If-Match still names it. Whoever came first has won: the
 * answer is then the one that the request would have had a moment later.
 */
export async function lockRegistration(
  sql: Sql,
  { realm, peer }: Asking,
  wanted: Pick<DecidedUpdate, 'call' | 'found'> & { readonly purpose: 'change' | 'end' },
): Promise<RegisteredClient> {
  const { call, found, purpose } = wanted;
  const sought = { clientId: call.clientId, organizationIdentifier: peer.organization.identifier };
  const place = { brand: realm.brand.id, environment: realm.environment };
  const client = await lockClient(sql, { ...place, ...sought }, purpose);
  const hashes = found.token === undefined ? [] : await readRegistrationTokenHashes(sql, sought);
  if (found.token !== undefined && !isRegistrationToken(found.token, hashes)) throw wrongToken();
  if (client === undefined) throw notFound();
  requireActive(client);
  requireMatch(call.ifMatch, versionOf(client, realm));
  return client;
}

async function replaceTokens(sql: Sql, { now }: Asking, { found, successor }: DecidedUpdate): Promise<void> {
  if (successor === undefined) return;
  const { clientId } = found.client;
  await endRegistrationTokens(sql, clientId, now);
  await insertRegistrationToken(sql, { clientId, tokenHash: successor.tokenHash, issuedAt: now });
}

/** Enough to tell afterwards which of several updates said what. */
function describeChange(before: RegisteredClient, after: RegisteredClient, { realm }: Asking) {
  const members = new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)]);
  const [old, now] = [before.metadata, after.metadata] as Readonly<Record<string, unknown>>[];
  return {
    before: versionOf(before, realm),
    after: versionOf(after, realm),
    changed: [...members].filter((member) => JSON.stringify(old?.[member]) !== JSON.stringify(now?.[member])),
    scope: after.metadata.scope,
    redirectUris: after.metadata.redirect_uris,
    kids: after.keys.map(({ kid }) => kid),
    kidsBefore: before.keys.map(({ kid }) => kid),
  };
}

export function eventOf({ realm, peer, now }: Asking, call: ManagementCall, kind: AuditKind): AuditEvent {
  return {
    at: now,
    kind,
    outcome: 'done',
    brand: realm.brand.id,
    environment: realm.environment,
    organizationIdentifier: peer.organization.identifier,
    clientId: call.clientId,
    thumbprint: peer.certificate.thumbprint,
    decisionId: peer.decision.id,
    correlationId: call.correlationId,
  };
}
