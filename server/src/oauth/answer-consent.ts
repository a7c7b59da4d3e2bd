import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderScope } from '@postern/core/token/scope-set.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { createSecret, hashSecret } from '../http/secret.js';
import { finishAuthorizationRequest } from '../store/authorization-requests.js';
import { insertCode } from '../store/codes.js';
import type { Sql } from '../store/database.js';
import { type Grant, insertGrant } from '../store/grants.js';
import { createUuid } from '../store/uuid.js';
import { type Flow, flowEvent, notFound, type Step } from './authorization-flow.js';
import { renderCodeReturn } from './authorization-response.js';
import { secondsAfter } from './authorization-settings.js';
import { endAuthorization } from './end-authorization.js';

const secondsPerDay = 86_400;

/**
 * The last page's agreement: grant, code and event are written together, once, and the code goes back to the third party.
 * What is granted is what was asked and stored; the form brings only the choice among the PSU's own accounts.
 */
export async function answerConsent(flow: Flow, given: { readonly accounts: readonly string[] }): Promise<Step> {
  const { settings, request, client, now } = flow;
  const { psu, authenticatedAt } = request;
  if (psu === undefined || authenticatedAt === undefined) throw notFound();
  if (!settings.organizationActive(client.organizationIdentifier))
    return endAuthorization(flow, 'organization-blocked');
  if (given.accounts.length === 0) return { next: 'again', again: { problem: 'account-missing' } };
  const accounts = await chooseAccounts(flow, psu, given.accounts);
  const grant: Grant = {
    id: createUuid(now),
    clientId: client.clientId,
    brand: request.brand,
    environment: request.environment,
    psu,
    scope: request.scope,
    accounts,
    authenticatedAt,
    expiresAt: secondsAfter(authenticatedAt, settings.tokens.grantDays * secondsPerDay),
  };
  const code = createSecret();
  await settings.database.transaction((sql) => recordConsent(sql, flow, { grant, code }));
  const place = { redirectUri: request.redirectUri, state: request.state, issuer: settings.realm.issuer };
  return { next: 'return', location: renderCodeReturn(place, code) };
}

async function chooseAccounts(flow: Flow, psu: string, asked: readonly string[]): Promise<readonly string[]> {
  const own = (await flow.settings.bank.accounts(psu)).map(({ resourceId }) => resourceId);
  if (!asked.every((resourceId) => own.includes(resourceId))) {
    const detail = { reason: 'account-of-somebody-else' };
    flow.settings.audit.append(
      flowEvent(flow, { kind: 'request-refused', outcome: 'refused', code: 'FORM_REJECTED', detail }),
    );
    throw new Refusal('FORM_REJECTED', 'The form holds an account that was not on the page.');
  }
  return own.filter((resourceId) => asked.includes(resourceId));
}

async function recordConsent(
  sql: Sql,
  flow: Flow,
  { grant, code }: { readonly grant: Grant; readonly code: string },
): Promise<void> {
  const { settings, request, now } = flow;
  if (!(await finishAuthorizationRequest(sql, request, now))) throw notFound();
  await insertGrant(sql, grant);
  await insertCode(sql, {
    codeHash: hashSecret(code),
    grantId: grant.id,
    clientId: grant.clientId,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    issuedAt: now,
    expiresAt: secondsAfter(now, settings.tokens.authorizationCodeSeconds),
  });
  await insertAuditEvents(sql, [
    flowEvent(flow, {
      kind: 'consent-given',
      outcome: 'done',
      detail: { grant: grant.id, scope: renderScope(grant.scope), accounts: grant.accounts.length },
    }),
  ]);
}
