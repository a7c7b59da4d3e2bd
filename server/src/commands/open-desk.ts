import type {
  ClientDesk,
  ConsoleDesk,
  FeedbackDesk,
  NameDesk,
  OpenRequest,
  RequestDesk,
} from '../operator/console-desk.js';
import { endFeedback } from '../portal/end-feedback.js';
import { decideNames } from '../presentation/decide-names.js';
import { describePresentation } from '../presentation/describe-presentation.js';
import { decideSuspension } from '../registration/decide-suspension.js';
import { decideApplication } from '../sandbox/decide-application.js';
import { describeKeys } from '../sandbox/describe-keys.js';
import { findClientStandings } from '../store/client-suspensions.js';
import { countOpenFeedback, listLatestFeedback, readFeedback } from '../store/feedback.js';
import { countHeldReviews, listNameReviews } from '../store/name-reviews.js';
import { hasDecision, readDecisions } from '../store/operator-history.js';
import { countApplicants, listApplicants, readApplicant, type SandboxApplicant } from '../store/sandbox.js';
import { readApprovals } from '../store/sandbox-approvals.js';
import type { Wiring } from './wire-listeners.js';

type Sources = Pick<Wiring, 'config' | 'database' | 'sandboxes' | 'judgement'>;

/** How long the repetition of a form is answered like the form. */
const hour = 3_600_000;

/** What the console shows and decides, from the features that know it. */
export function openDesk(sources: Sources & Pick<ConsoleDesk, 'readParts'>): ConsoleDesk {
  const { database, judgement, readParts } = sources;
  return {
    requests: openRequestDesk(sources),
    names: openNameDesk(sources),
    clients: openClientDesk(sources),
    feedback: openFeedbackDesk(sources),
    countWaiting: async () => ({
      requests: await countApplicants(database, 'waiting'),
      names: await countHeldReviews(database),
      feedback: await countOpenFeedback(database),
    }),
    alarms: judgement.alarms,
    readParts,
    readDecisions: (before, most) => readDecisions(database, { before, most }),
    wasDecided: ({ form, now }) => hasDecision(database, { form, since: new Date(now.getTime() - hour) }),
  };
}

function openRequestDesk({ config, database, sandboxes }: Sources): RequestDesk {
  const neededOf = (brand: string) => config.brands.find(({ id }) => id === brand)?.sandbox.approvals ?? 2;
  const open = async (applicants: readonly SandboxApplicant[]): Promise<readonly OpenRequest[]> => {
    const ids = applicants.map(({ id }) => id);
    const approvals = await readApprovals(database, ids);
    return applicants.map((applicant) => ({
      applicant,
      approvals: approvals.filter(({ applicantId }) => applicantId === applicant.id),
      needed: neededOf(applicant.brand),
    }));
  };
  return {
    listWaiting: async () => open(await listApplicants(database, 'waiting')),
    read: async (id) => {
      const applicant = await readApplicant(database, id);
      return applicant && (await open([applicant]))[0];
    },
    describeKeys,
    decide: async ({ now, correlationId, ...decision }) => {
      const applicant = await readApplicant(database, decision.id);
      const sandbox = applicant && sandboxes.of(applicant.brand);
      const decided = sandbox && (await decideApplication(sandbox.context, decision, { now, correlationId }));
      return decided?.outcome;
    },
  };
}

function openNameDesk({ config, database }: Sources): NameDesk {
  const { channels } = describePresentation(config);
  return {
    listHeld: () => listNameReviews(database, { state: 'held' }),
    read: async (reviewId) => (await listNameReviews(database, { reviewId }))[0],
    decide: async ({ id, now, ...decision }) =>
      (await decideNames(database, { ...decision, reviewId: id, at: now }, channels)) !== undefined,
  };
}

function openClientDesk({ config, database }: Sources): ClientDesk {
  const { channels } = describePresentation(config);
  return {
    find: (sought, most) => findClientStandings(database, { ...sought, most }),
    decide: async ({ id, now, ...decision }) =>
      (await decideSuspension(database, { ...decision, clientId: id, at: now }, channels)) !== undefined,
  };
}

function openFeedbackDesk({ database }: Sources): FeedbackDesk {
  return {
    list: (most) => listLatestFeedback(database, most),
    read: (id) => readFeedback(database, id),
    close: async ({ now, ...decision }) => (await endFeedback(database, { ...decision, at: now })) !== undefined,
  };
}
