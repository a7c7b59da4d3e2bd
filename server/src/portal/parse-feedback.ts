import { Refusal } from '@postern/core/refusal/refusal.js';
import { type ContactForm, type ContactProblem, feedbackKinds } from '@postern/web/views/contact-view.js';
import { portalPages } from '@postern/web/views/portal-navigation.js';
import { holdsPrivateKey } from '../http/holds-private-key.js';
import type { Feedback } from '../store/feedback.js';

export const longestMessage = 4_000;

/** What was filled in, to show it again, and either the message or everything that is wrong with it. */
export interface ParsedFeedback {
  readonly form: ContactForm;
  readonly feedback?: Pick<Feedback, 'kind' | 'page' | 'message' | 'email'>;
  readonly problems: readonly ContactProblem[];
}

/** Reads the form of the contact page. Throws Refusal FORM_REJECTED for a page that the form does not offer. */
export function parseFeedback(field: (name: string) => string): ParsedFeedback {
  const sent = cleanText(field('message'));
  const holdsKey = holdsPrivateKey(sent);
  const form: ContactForm = {
    kind: feedbackKinds.find((kind) => kind === field('kind')),
    page: readPage(field('page')),
    message: holdsKey ? '' : sent,
    email: field('email').trim().slice(0, 300),
  };
  const problems: ContactProblem[] = [
    ...(form.kind === undefined ? ['kind-missing' as const] : []),
    ...(holdsKey ? ['message-key' as const] : problemsOfMessage(sent)),
    ...(form.email === '' || isEmail(form.email) ? [] : ['email-wrong' as const]),
  ];
  const { kind, page, message, email } = form;
  if (kind === undefined || problems.length > 0) return { form: { ...form, message: bounded(message) }, problems };
  return { form, problems, feedback: { kind, page, message, email: email === '' ? undefined : email } };
}

function problemsOfMessage(message: string): readonly ContactProblem[] {
  if (message === '') return ['message-missing'];
  return [...message].length > longestMessage ? ['message-long'] : [];
}

/** The text that comes back in the form is no longer than what may be sent, and a little, so that its end can be mended. */
function bounded(message: string): string {
  return [...message].slice(0, longestMessage + 1_000).join('');
}

function readPage(page: string): ContactForm['page'] {
  if (page === '') return undefined;
  const known = portalPages.find((each) => each === page);
  if (known === undefined) throw new Refusal('FORM_REJECTED', 'The form names a page that this portal does not have.');
  return known;
}

/** Without control characters other than line feeds and tabs. */
function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .trim();
}

/** One address and nothing else: nothing in it can begin a header of a mail. */
function isEmail(text: string): boolean {
  return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/i.test(text);
}
