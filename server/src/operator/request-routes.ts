import { renderRequestPage } from '@postern/web/pages/operator/request-page.js';
import { renderRequestsPage } from '@postern/web/pages/operator/requests-page.js';
import type { CertificateRequestView } from '@postern/web/views/certificate-request-view.js';
import type { AnswerView } from '@postern/web/views/console-view.js';
import type { FastifyInstance } from 'fastify';
import { isSamePerson } from '../same-person.js';
import type { OpenRequest } from './console-desk.js';
import { decideOnce, decisionForm } from './decide-once.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { parseAnswer } from './parse-answer.js';
import { notThere, requireId } from './require-id.js';
import { brandName, describePlace, mayDecide, pageContext, type Visit } from './visit.js';
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
  const action = consoleAddress(visit.lang, 'requests', id);
  return {
    ...describe(visit, request),
    id,
    organizationIdentifier,
    state,
    keys: visit.settings.desk.requests.describeKeys(applicant),
    approvals,
    ...(decidedAt === undefined ? {} : { decision: { at: decidedAt, by: decidedBy ?? '', reason } }),
    awaitsAnother: hasAgreed && approvals.length < needed,
    ...(mayAnswer ? { answer: { ...decisionForm(visit, { action, stands: request }), ...again } } : {}),
  };
}

async function decide(visit: Visit, { id, form }: { readonly id: string; readonly form: Form }): Promise<Next> {
  const { answer, reason, problem } = parseAnswer(form, 'approve');
  if (problem !== undefined) {
    return { again: await renderOne(visit, id, { problem, ...(reason === undefined ? {} : { reason }) }) };
  }
  const { settings, lang } = visit;
  const state = answer === 'approve' ? 'issued' : 'refused';
  const { requests } = settings.desk;
  const subject = { action: consoleAddress(lang, 'requests', id), stands: await requests.read(requireId(id)), form };
  return decideOnce(visit, subject, async (decider) => {
    const outcome = await requests.decide({ ...decider, id, state, reason });
    if (outcome === undefined) return 'This request does not wait any more.';
    if (outcome !== 'same-person') return undefined;
    return 'You have agreed to this request. Another person must agree as well.';
  });
}
