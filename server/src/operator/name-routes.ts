import { renderNamesPage } from '@postern/web/pages/operator/names-page.js';
import { renderNamesReviewPage } from '@postern/web/pages/operator/names-review-page.js';
import type { AnswerView } from '@postern/web/views/console-view.js';
import type { NamesReviewView } from '@postern/web/views/held-name-view.js';
import type { FastifyInstance } from 'fastify';
import type { ListedReview } from '../store/name-reviews.js';
import { decideOnce, decisionForm } from './decide-once.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { parseAnswer } from './parse-answer.js';
import { notThere, requireId } from './require-id.js';
import { brandName, describePlace, mayDecide, pageContext, type Visit } from './visit.js';
import { deskRoutes, type Form, type Next } from './visit-routes.js';

/** Names of applications that are held back, each of them, and the decision. */
export function nameRoutes(app: FastifyInstance, place: ConsolePlace): void {
  deskRoutes(app, place, { page: 'names', renderList, renderOne: (visit, id) => renderOne(visit, id), decide });
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
    ...(mayDecide(visit) ? { answer: { ...decisionForm(visit, { action, stands: review }), ...again } } : {}),
  };
}

async function decide(visit: Visit, { id, form }: { readonly id: string; readonly form: Form }): Promise<Next> {
  const { answer, reason, problem } = parseAnswer(form, 'release');
  if (problem !== undefined) {
    return { again: await renderOne(visit, id, { problem, ...(reason === undefined ? {} : { reason }) }) };
  }
  const { settings, lang } = visit;
  const state = answer === 'release' ? 'released' : 'refused';
  const subject = {
    action: consoleAddress(lang, 'names', id),
    stands: await settings.desk.names.read(requireId(id)),
    form,
  };
  return decideOnce(visit, subject, async (decider) =>
    (await settings.desk.names.decide({ ...decider, id, state, reason }))
      ? undefined
      : 'These names have changed since, or it was decided like that before.',
  );
}
