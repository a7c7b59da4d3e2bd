import { Refusal } from '@postern/core/refusal/refusal.js';
import type { DecisionForm } from '@postern/web/views/console-view.js';
import { isSame } from '../http/keyed-text.js';
import { hashSecret } from '../http/secret.js';
import type { DeskDecision } from './console-desk.js';
import { consoleForm, type Visit } from './visit.js';
import type { Form, Next } from './visit-routes.js';

/** Who decides, when, and with which form. */
export type Decider = Pick<DeskDecision<never>, 'by' | 'form' | 'now' | 'correlationId'>;

/** What is decided on: where its page is, and how it stands now; undefined where there is nothing. */
export interface Subject {
  readonly action: string;
  readonly stands: object | undefined;
}

/** The form that decides on something as its page shows it. */
export function decisionForm(visit: Visit, { action, stands }: Subject): DecisionForm {
  return { ...consoleForm(visit, action), shown: digestOf(stands) };
}

/**
 * Decides on what the page of the form showed, and on nothing that has changed since. The second answer to a form is the first one's: who
 * sends it twice is led to what came of it. `decide` answers why not, and undefined when it is done.
 * Throws Refusal DECISION_NOT_POSSIBLE.
 */
export async function decideOnce(
  visit: Visit,
  subject: Subject & { readonly form: Form },
  decide: (decider: Decider) => Promise<string | undefined>,
): Promise<Next> {
  const { action, form, stands } = subject;
  const { desk } = visit.settings;
  const { session, now, correlationId } = visit;
  const by = { subject: session.subject, name: session.name };
  const filled = [by.subject, action, ...['shown', 'answer', 'reason'].map(form)];
  const decider = { by, form: hashSecret(JSON.stringify(filled)), now, correlationId };
  const why = isSame(digestOf(stands), form('shown'))
    ? await decide(decider)
    : 'It has changed since your page was loaded.';
  if (why === undefined || (await desk.wasDecided(decider))) return { to: action };
  throw new Refusal('DECISION_NOT_POSSIBLE', why);
}

function digestOf(stands: object | undefined): string {
  return hashSecret(JSON.stringify(stands ?? null));
}
