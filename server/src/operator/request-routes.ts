import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderRequestPage } from '@postern/web/pages/operator/request-page.js';
import { renderRequestsPage } from '@postern/web/pages/operator/requests-page.js';
import type { CertificateRequestView } from '@postern/web/views/certificate-request-view.js';
import type { AnswerView } from '@postern/web/views/console-view.js';
import type { FastifyInstance } from 'fastify';
import { isSamePerson } from '../same-person.js';
import type { OpenRequest } from './console-desk.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { parseAnswer } from './parse-answer.js';
import { notThere, requireId } from './require-id.js';
import { brandName, consoleForm, describePlace, mayDecide, pageContext, requireDecider, type Visit } from './visit.js';
import { deskRoutes, type Form, type Next } from './visit-routes.js';

/** The queue of requests for test certificates, each of them, and the decision. */
export function requestRoutes(app: FastifyInstance, place: ConsolePlace): void {
  deskRoutes(app, place, { page: 'requests', renderList, renderOne: (visit, id) => renderOne(visit, id), decide });
}

async function renderList(visit: Visit): Promise<string> {
  const requests = await visit.settings.desk.requests.listWaiting();
  return renderRequestsPage(
    pageContext(visit, ['requests']),
    await describePlace(visit, 'requests'),
    requests.map((request) => ({
      ...describe(visit, request),
      address: consoleAddress(visit.lang, 'requests', request.applicant.id),
    })),
  );
}

type Problem = Pick<AnswerView, 'problem' | 'reason'>;

async function renderOne(visit: Visit, id: string, again: Problem = {}): Promise<string> {
  const request = await visit.settings.desk.requests.read(requireId(id));
  if (request === undefined) throw notThere();
  const view = viewRequest(visit, request, again);
  return renderRequestPage(pageContext(visit, ['requests', id]), await describePlace(visit, 'requests'), view);
}

function describe(visit: Visit, { applicant, approvals, needed }: OpenRequest) {
  const { organizationName, contact, roles, requestedAt } = applicant;
  const brand = brandName(visit, applicant.brand);
  return { organizationName, contact, roles, requestedAt, brand, agreed: approvals.length, needed };
}

function viewRequest(visit: Visit, request: OpenRequest, again: Problem): CertificateRequestView {
  const { applicant, approvals, needed } = request;
  const { id, state, organizationIdentifier, decidedAt, decidedBy, reason } = applicant;
  const hasAgreed = approvals.some(({ subject }) => isSamePerson(subject, visit.session.subject));
  const mayAnswer = state === 'waiting' && mayDecide(visit);
  return {
    ...describe(visit, request),
    id,
    organizationIdentifier,
    state,
    keys: visit.settings.desk.requests.describeKeys(applicant),
    approvals,
    ...(decidedAt === undefined ? {} : { decision: { at: decidedAt, by: decidedBy ?? '', reason } }),
    awaitsAnother: hasAgreed && approvals.length < needed,
    ...(mayAnswer ? { answer: { ...consoleForm(visit, consoleAddress(visit.lang, 'requests', id)), ...again } } : {}),
  };
}

async function decide(visit: Visit, { id, form }: { readonly id: string; readonly form: Form }): Promise<Next> {
  const decider = requireDecider(visit);
  const { answer, reason, problem } = parseAnswer(form, 'approve');
  if (problem !== undefined) {
    return { again: await renderOne(visit, id, { problem, ...(reason === undefined ? {} : { reason }) }) };
  }
  const { settings, lang } = visit;
  const state = answer === 'approve' ? 'issued' : 'refused';
  const call = { ...decider, id: requireId(id), state, reason } as const;
  const outcome = await settings.desk.requests.decide(call);
  if (outcome === undefined) throw new Refusal('DECISION_NOT_POSSIBLE', 'This request does not wait any more.');
  if (outcome === 'same-person') {
    throw new Refusal('DECISION_NOT_POSSIBLE', 'You have agreed to this request. Another person must agree as well.');
  }
  return { to: consoleAddress(lang, 'requests', id) };
}
