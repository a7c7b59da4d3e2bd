import { renderFeedbackListPage } from '@postern/web/pages/operator/feedback-list-page.js';
import { renderFeedbackPage } from '@postern/web/pages/operator/feedback-page.js';
import type { FeedbackView } from '@postern/web/views/feedback-view.js';
import { portalPages } from '@postern/web/views/portal-navigation.js';
import type { FastifyInstance } from 'fastify';
import type { KeptFeedback } from '../store/feedback.js';
import { decideOnce, decisionForm } from './decide-once.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { notThere, requireId } from './require-id.js';
import { brandName, describePlace, mayDecide, pageContext, type Visit } from './visit.js';
import { deskRoutes, type Form, type Next } from './visit-routes.js';

const mostListed = 100;

/** What visitors of the portal wrote, each message, and its end. */
export function feedbackRoutes(app: FastifyInstance, place: ConsolePlace): void {
  deskRoutes(app, place, { page: 'feedback', renderList, renderOne, decide: close });
}

async function renderList(visit: Visit): Promise<string> {
  const found = await visit.settings.desk.feedback.list(mostListed + 1);
  return renderFeedbackListPage(pageContext(visit, ['feedback']), await describePlace(visit, 'feedback'), {
    messages: found.slice(0, mostListed).map((feedback) => ({
      ...describe(visit, feedback),
      address: consoleAddress(visit.lang, 'feedback', feedback.id),
      isOpen: feedback.closedAt === undefined,
    })),
    isCut: found.length > mostListed,
  });
}

async function renderOne(visit: Visit, id: string): Promise<string> {
  const view = viewFeedback(visit, await read(visit, id));
  return renderFeedbackPage(pageContext(visit, ['feedback', id]), await describePlace(visit, 'feedback'), view);
}

async function read({ settings }: Visit, id: string): Promise<KeptFeedback> {
  const feedback = await settings.desk.feedback.read(requireId(id));
  if (feedback === undefined) throw notThere();
  return feedback;
}

function describe(visit: Visit, { kind, message, brand, receivedAt }: KeptFeedback) {
  return { kind, message, brand: brandName(visit, brand), receivedAt };
}

function viewFeedback(visit: Visit, feedback: KeptFeedback): FeedbackView {
  const { id, lang, page, email, closedAt, closedBy } = feedback;
  const action = consoleAddress(visit.lang, 'feedback', id);
  return {
    ...describe(visit, feedback),
    id,
    lang,
    page: portalPages.find((each) => each === page),
    email,
    ...(closedAt === undefined ? {} : { closed: { at: closedAt, by: closedBy ?? '' } }),
    ...(closedAt === undefined && mayDecide(visit) ? { close: decisionForm(visit, { action, stands: feedback }) } : {}),
  };
}

async function close(visit: Visit, { id, form }: { readonly id: string; readonly form: Form }): Promise<Next> {
  const { desk } = visit.settings;
  const subject = { action: consoleAddress(visit.lang, 'feedback', id), stands: await read(visit, id), form };
  return decideOnce(visit, subject, async (decider) =>
    (await desk.feedback.close({ ...decider, id })) ? undefined : 'The message was closed before.',
  );
}
