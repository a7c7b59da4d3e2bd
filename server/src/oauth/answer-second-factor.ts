import { insertAuditEvents } from '../audit/audit-event.js';
import { isSame } from '../http/keyed-text.js';
import { advanceToConsent, replaceSentCode, reserveRequestAttempt } from '../store/authorization-requests.js';
import { type Attempter, forgetAttempts, isBlocked, mostFailures, reserveAttempt } from '../store/psu-attempts.js';
import { attempterOf } from './answer-sign-in.js';
import { type Flow, flowEvent, notFound, type Step } from './authorization-flow.js';
import { hashOneTimeCode } from './browser.js';
import { endAuthorization } from './end-authorization.js';
import { createSentCode, sendOneTimeCode } from './one-time-code.js';

/** The second page's answer: the code works once, for five minutes, for this authorization in this browser. */
export async function answerSecondFactor(flow: Flow, given: { readonly code: string }): Promise<Step> {
  const { settings, request, now, browserSecret } = flow;
  const { psu, codeHash, codeExpiresAt } = request;
  if (psu === undefined || codeHash === undefined || codeExpiresAt === undefined) throw notFound();
  const code = given.code.replaceAll(/\s/g, '');
  if (code === '') return { next: 'again', again: { problem: 'code-missing' } };
  if (codeExpiresAt <= now) return sendAnother(flow, { psu, codeHash });
  const attempter = attempterOf(flow, psu);
  const attempts = await reserveRequestAttempt(
    settings.database,
    { id: request.id, stage: request.stage, most: mostFailures },
    now,
  );
  if (attempts === undefined || !(await reserveAttempt(settings.database, { attempter, attempted: 'code' }, now))) {
    return endAuthorization(flow, 'too-many-failures');
  }
  if (isSame(codeHash, hashOneTimeCode(browserSecret, request.id, code)))
    return authenticate(flow, { attempter, codeHash });
  const blocked = await recordFailure(flow, attempter);
  if (blocked || attempts >= mostFailures) return endAuthorization(flow, 'too-many-failures');
  return { next: 'again', again: { problem: 'code-wrong', attemptsLeft: mostFailures - attempts } };
}

async function authenticate(
  flow: Flow,
  proof: { readonly attempter: Attempter; readonly codeHash: string },
): Promise<Step> {
  const { settings, request, now } = flow;
  await settings.database.transaction(async (sql) => {
    await forgetAttempts(sql, proof.attempter);
    if (!(await advanceToConsent(sql, { id: request.id, codeHash: proof.codeHash }, now))) throw notFound();
    await insertAuditEvents(sql, [flowEvent(flow, { kind: 'psu-authenticated', outcome: 'done' })]);
  });
  return { next: 'page' };
}

async function sendAnother(flow: Flow, old: { readonly psu: string; readonly codeHash: string }): Promise<Step> {
  const { settings, request, now } = flow;
  const sent = createSentCode(flow);
  const replaced = await replaceSentCode(
    settings.database,
    { id: request.id, oldCodeHash: old.codeHash, ...sent.stored },
    now,
  );
  if (replaced) await sendOneTimeCode(flow, old.psu, sent.code);
  return { next: 'again', again: { problem: 'code-expired' } };
}

async function recordFailure(flow: Flow, attempter: Attempter): Promise<boolean> {
  return flow.settings.database.transaction(async (sql) => {
    const blocked = await isBlocked(sql, { attempter, attempted: 'code' }, flow.now);
    await insertAuditEvents(sql, [
      flowEvent(flow, {
        kind: 'psu-second-factor-failed',
        outcome: 'refused',
        code: 'SIGN_IN_FAILED',
        detail: { blocked },
      }),
    ]);
    return blocked;
  });
}
