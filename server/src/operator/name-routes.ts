import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderNamesPage } from '@postern/web/pages/operator/names-page.js';
import { renderNamesReviewPage } from '@postern/web/pages/operator/names-review-page.js';
import type { AnswerView } from '@postern/web/views/console-view.js';
import type { NamesReviewView } from '@postern/web/views/held-name-view.js';
import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { ListedReview } from '../store/name-reviews.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { parseAnswer } from './parse-answer.js';
import { notThere, requireId } from './require-id.js';
import { brandName, consoleForm, describePlace, mayDecide, pageContext, requireDecider, type Visit } from './visit.js';
import { type Form, formRoute, type Next, pageRoute } from './visit-routes.js';

/** Names of applications that are held back, each of them, and the decision. */
export function nameRoutes(app: FastifyInstance, place: ConsolePlace): void {
  const list = consoleAddress(place.lang, 'names');
  const one = `${list}/:id`;
  pageRoute(app, { ...place, url: list }, renderList);
  pageRoute(app, { ...place, url: one }, (visit, { id }) => renderOne(visit, id));
  formRoute(app, { ...place, url: one }, decide);
  refuseOtherMethods(app, list, ['GET']);
  refuseOtherMethods(app, one, ['GET', 'POST']);
}

async function renderList(visit: Visit): Promise<string> {
  const reviews = await visit.settings.desk.names.listHeld();
  return renderNamesPage(
    pageContext(visit, ['names']),
    await describePlace(visit, 'names'),
    reviews.map((review) => ({
      ...describe(visit, review),
      address: consoleAddress(visit.lang, 'names', review.reviewId),
    })),
  );
}

type Problem = Pick<AnswerView, 'problem' | 'reason'>;

async function renderOne(visit: Visit, id: string, again: Problem = {}): Promise<string> {
  const review = await visit.settings.desk.names.read(requireId(id));
  if (review === undefined) throw notThere();
  const view = viewReview(visit, review, again);
  return renderNamesReviewPage(pageContext(visit, ['names', id]), await describePlace(visit, 'names'), view);
}

function describe(visit: Visit, { names, legalName, brand, environment, judgedAt }: ListedReview) {
  const listed = Object.entries(names).map(([language, name]) => ({ language, name }));
  return { names: listed, legalName, brand: brandName(visit, brand), environment, judgedAt };
}

function viewReview(visit: Visit, review: ListedReview, again: Problem): NamesReviewView {
  const { reviewId, state, organizationIdentifier, clientId, contacts, doubts } = review;
  const action = consoleAddress(visit.lang, 'names', reviewId);
  return {
    ...describe(visit, review),
    reviewId,
    state,
    organizationIdentifier,
    clientId,
    contacts,
    doubts,
    ...(mayDecide(visit) ? { answer: { ...consoleForm(visit, action), ...again } } : {}),
  };
}

async function decide(visit: Visit, { id, form }: { readonly id: string; readonly form: Form }): Promise<Next> {
  requireDecider(visit);
  const { answer, reason, problem } = parseAnswer(form, 'release');
  if (problem !== undefined) {
    return { again: await renderOne(visit, id, { problem, ...(reason === undefined ? {} : { reason }) }) };
  }
  const { session, settings, now, correlationId, lang } = visit;
  const by = { subject: session.subject, name: session.name };
  const state = answer === 'release' ? 'released' : 'refused';
  const call = { id: requireId(id), state, by, reason, now, correlationId } as const;
  if (!(await settings.desk.names.decide(call))) {
    throw new Refusal('DECISION_NOT_POSSIBLE', 'These names have changed since, or it was decided like that before.');
  }
  return { to: consoleAddress(lang, 'names', id) };
}
