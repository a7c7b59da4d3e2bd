import { Refusal } from '@postern/core/refusal/refusal.js';
import { answerConsent } from './answer-consent.js';
import { answerSecondFactor } from './answer-second-factor.js';
import { answerSignIn } from './answer-sign-in.js';
import { type Flow, isTimedOut, type Step } from './authorization-flow.js';
import { readStageToken } from './browser.js';
import { endAuthorization } from './end-authorization.js';

export type Form = ReadonlyMap<string, readonly string[]>;

/**
 * One answer of the PSU, whatever the page. Throws `Refusal` FORM_REJECTED when the form does not come from our page in this
 * browser. The form of a page that is behind (by the browser's back button) leads to the page where the authorization is.
 */
export async function answerForm(flow: Flow, form: Form): Promise<Step> {
  const read = (name: string) => form.get(name)?.[0] ?? '';
  const { request, secrets } = flow;
  const stage = readStageToken(secrets, { id: request.id, token: read('form_token') })?.stage;
  if (stage === undefined)
    throw new Refusal('FORM_REJECTED', 'The form does not carry the token of this page in this browser.');
  if (isTimedOut(flow)) return endAuthorization(flow, 'timed-out');
  if (stage !== request.stage) return { next: 'page' };
  const answer = read('answer');
  if (answer === 'refuse') return endAuthorization(flow, 'refused');
  if (answer !== (stage === 'consent' ? 'agree' : 'continue')) {
    throw new Refusal('FORM_REJECTED', 'The form does not say which answer was chosen.');
  }
  switch (stage) {
    case 'sign-in':
      return answerSignIn(flow, { user: read('user'), password: read('password') });
    case 'second-factor':
      return answerSecondFactor(flow, { code: read('code') });
    default:
      return answerConsent(flow, { accounts: [...new Set(form.get('account') ?? [])] });
  }
}
