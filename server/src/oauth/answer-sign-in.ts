import { insertAuditEvents } from '../audit/audit-event.js';
import type { Customer } from '../bank/bank.js';
import { createSecret } from '../http/secret.js';
import { advanceToSecondFactor, reserveRequestAttempt } from '../store/authorization-requests.js';
import { type Attempter, isBlocked, mostFailures, releasePassword, reserveAttempt } from '../store/psu-attempts.js';
import { type Flow, flowEvent, notFound, type Step } from './authorization-flow.js';
import { hashBrowser } from './browser.js';
import { endAuthorization } from './end-authorization.js';
import { createSentCode, sendOneTimeCode } from './one-time-code.js';

const longestUser = 100;

/**
 * The first page's answer. A name that is nobody's gets the same text, the same work and the same counting as a wrong
 * password. Five failures, in one browser or in many, end the authorization and block the PSU for a while.
 */
export async function answerSignIn(
  flow: Flow,
  given: { readonly user: string; readonly password: string },
): Promise<Step> {
  const user = given.user.trim();
  const userName = user.slice(0, longestUser);
  if (user === '') return { next: 'again', again: { problem: 'user-missing' } };
  if (given.password === '') return { next: 'again', again: { problem: 'password-missing', userName } };
  const { settings, request, now } = flow;
  const attempter = attempterOf(flow, userName);
  const attempt = { id: request.id, stage: request.stage, most: mostFailures };
  const attempts = await reserveRequestAttempt(settings.database, attempt, now);
  if (attempts === undefined || !(await reserveAttempt(settings.database, { attempter, attempted: 'password' }, now))) {
    return endAuthorization(flow, 'too-many-failures');
  }
  const customer = await settings.bank.authenticate(user, given.password);
  if (customer !== undefined) return signIn(flow, customer, attempter);
  const blocked = await recordFailure(flow, attempter);
  if (blocked || attempts >= mostFailures) return endAuthorization(flow, 'too-many-failures');
  return { next: 'again', again: { problem: 'credentials-wrong', attemptsLeft: mostFailures - attempts, userName } };
}

/** Whose attempts are counted: the spelling of a user name must not give more of them. */
export function attempterOf({ settings: { realm }, source }: Flow, user: string): Attempter {
  return { brand: realm.brand.id, environment: realm.environment, psu: user.trim().toLowerCase(), source };
}

async function signIn(flow: Flow, customer: Customer, attempter: Attempter): Promise<Step> {
  const { settings, request, now } = flow;
  const newSecret = createSecret();
  const sent = createSentCode({ ...flow, browserSecret: newSecret });
  const step = { id: request.id, psu: customer.psu, browserHash: hashBrowser(newSecret), ...sent.stored };
  await settings.database.transaction(async (sql) => {
    await releasePassword(sql, attempter);
    if (!(await advanceToSecondFactor(sql, step, now))) throw notFound();
    await insertAuditEvents(sql, [
      flowEvent(flow, { kind: 'psu-signed-in', outcome: 'done', detail: { psu: customer.psu } }),
    ]);
  });
  await sendOneTimeCode(flow, customer.psu, sent.code);
  return { next: 'page', newSecret };
}

async function recordFailure(flow: Flow, attempter: Attempter): Promise<boolean> {
  return flow.settings.database.transaction(async (sql) => {
    const blocked = await isBlocked(sql, { attempter, attempted: 'password' }, flow.now);
    await insertAuditEvents(sql, [
      flowEvent(flow, { kind: 'psu-sign-in-failed', outcome: 'refused', code: 'SIGN_IN_FAILED', detail: { blocked } }),
    ]);
    return blocked;
  });
}
