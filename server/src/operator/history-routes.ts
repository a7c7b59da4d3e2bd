import { renderHistoryPage } from '@postern/web/pages/operator/history-page.js';
import type { DecisionKind, PastDecision } from '@postern/web/views/history-view.js';
import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { HistoryPlace, RecordedDecision } from '../store/operator-history.js';
import { isUuid } from '../store/uuid.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { notThere } from './require-id.js';
import { brandName, describePlace, pageContext, type Visit } from './visit.js';
import { pageRoute } from './visit-routes.js';

const decisionsPerPage = 50;

/** What was decided, by whom and why, as the audit has it. */
export function historyRoutes(app: FastifyInstance, place: ConsolePlace): void {
  const url = consoleAddress(place.lang, 'history');
  pageRoute(app, { ...place, url }, (visit, { query }) => renderHistory(visit, query.get('before')));
  refuseOtherMethods(app, url, ['GET']);
}

async function renderHistory(visit: Visit, asked: string | null): Promise<string> {
  const before = asked === null ? undefined : parsePlace(asked);
  const found = await visit.settings.desk.readDecisions(before, decisionsPerPage + 1);
  const decisions = found.slice(0, decisionsPerPage);
  const last = decisions.at(-1);
  const query = asked === null ? '' : `?before=${asked}`;
  return renderHistoryPage(pageContext(visit, ['history'], query), await describePlace(visit, 'history'), {
    decisions: decisions.map((decision) => viewDecision(visit, decision)),
    ...(found.length > decisions.length && last !== undefined
      ? { earlier: `${consoleAddress(visit.lang, 'history')}?before=${last.at.getTime()}.${last.id}` }
      : {}),
  });
}

function parsePlace(text: string): HistoryPlace {
  const [, time, id = ''] = /^(\d{1,14})\.(.{36})$/.exec(text) ?? [];
  if (time === undefined || !isUuid(id)) throw notThere();
  return { at: new Date(Number(time)), id };
}

function viewDecision(visit: Visit, decision: RecordedDecision): PastDecision {
  const { at, brand, detail } = decision;
  const read = (name: string) => (typeof detail[name] === 'string' ? detail[name] : undefined);
  const [name, subject] = [read('name'), read('by')];
  return {
    at,
    kind: kindOf(decision),
    about: aboutOf(decision),
    by: subject === undefined ? '–' : name === undefined || name === subject ? subject : `${name} (${subject})`,
    reason: read('reason'),
    brand: brand === undefined ? undefined : brandName(visit, brand),
  };
}

/** Of whom or what: names or an organisation; a registration; a message of the portal. */
function aboutOf({ kind, organizationIdentifier = '', clientId = '', detail }: RecordedDecision): string {
  if (kind === 'client-suspended' || kind === 'client-restored') return `${organizationIdentifier}, ${clientId}`;
  if (kind === 'feedback-closed') return String(detail['feedback']);
  const names = Array.isArray(detail['names']) ? detail['names'].join(', ') : detail['organizationName'];
  return typeof names === 'string' ? `${names} (${organizationIdentifier})` : organizationIdentifier;
}

function kindOf({ kind, outcome }: RecordedDecision): DecisionKind {
  switch (kind) {
    case 'sandbox-approved':
      return 'agreed';
    case 'sandbox-decided':
      return outcome === 'done' ? 'issued' : 'refused';
    default:
      return kind;
  }
}
