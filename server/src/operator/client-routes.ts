import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderClientPage } from '@postern/web/pages/operator/client-page.js';
import { renderClientsPage } from '@postern/web/pages/operator/clients-page.js';
import type { ClientSearchView, ClientStandingView } from '@postern/web/views/client-standing-view.js';
import type { FastifyInstance } from 'fastify';
import type { ClientStanding } from '../store/client-suspensions.js';
import { decideOnce, decisionForm } from './decide-once.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { isClientId, parseSought } from './parse-sought.js';
import { parseSuspension } from './parse-suspension.js';
import { notThere } from './require-id.js';
import { brandName, describePlace, mayDecide, pageContext, type Visit } from './visit.js';
import { deskRoutes, type Form, type Next } from './visit-routes.js';

const mostListed = 100;
/** What comes back in the field is no longer than what may be sought, and a little, so that its end can be mended. */
const longestShown = 300;

/** Registrations of third parties: how they are found, each of them, and its suspension. */
export function clientRoutes(app: FastifyInstance, place: ConsolePlace): void {
  deskRoutes(app, place, {
    page: 'clients',
    renderList: (visit, query) => renderSearch(visit, query.get('sought')),
    renderOne: (visit, id) => renderOne(visit, id),
    decide,
  });
}

async function renderSearch(visit: Visit, typed: string | null): Promise<string> {
  const shown = typed?.slice(0, longestShown).toWellFormed();
  const query = shown === undefined ? '' : `?sought=${encodeURIComponent(shown)}`;
  return renderClientsPage(pageContext(visit, ['clients'], query), await describePlace(visit, 'clients'), {
    action: consoleAddress(visit.lang, 'clients'),
    ...(typed === null ? {} : { sought: shown, ...(await find(visit, typed)) }),
  });
}

async function find(visit: Visit, typed: string): Promise<Pick<ClientSearchView, 'problem' | 'found' | 'isCut'>> {
  const parsed = parseSought(typed);
  if ('problem' in parsed) return parsed;
  const found = await visit.settings.desk.clients.find(parsed.sought, mostListed + 1);
  return {
    found: found.slice(0, mostListed).map((client) => ({
      ...describe(visit, client),
      address: consoleAddress(visit.lang, 'clients', client.clientId),
      isSuspended: client.suspendedAt !== undefined,
    })),
    isCut: found.length > mostListed,
  };
}

async function renderOne(visit: Visit, id: string, again: Again = {}): Promise<string> {
  const client = await read(visit, id);
  if (client === undefined) throw notThere();
  const view = viewClient(visit, client, again);
  return renderClientPage(pageContext(visit, ['clients', id]), await describePlace(visit, 'clients'), view);
}

async function read({ settings }: Visit, id: string): Promise<ClientStanding | undefined> {
  return isClientId(id) ? (await settings.desk.clients.find({ clientId: id }, 1))[0] : undefined;
}

type Again = Pick<NonNullable<ClientStandingView['form']>, 'problem' | 'reason'>;

function describe(visit: Visit, { clientId, clientName, legalName, brand, environment }: ClientStanding) {
  return { clientId, clientName, legalName, brand: brandName(visit, brand), environment };
}

function viewClient(visit: Visit, client: ClientStanding, again: Again): ClientStandingView {
  const { clientId, organizationIdentifier, issuedAt, suspendedAt, reason = '' } = client;
  const action = consoleAddress(visit.lang, 'clients', clientId);
  return {
    ...describe(visit, client),
    organizationIdentifier,
    issuedAt,
    ...(suspendedAt === undefined ? {} : { suspended: { at: suspendedAt, reason } }),
    ...(mayDecide(visit) ? { form: { ...decisionForm(visit, { action, stands: client }), ...again } } : {}),
  };
}

async function decide(visit: Visit, { id, form }: { readonly id: string; readonly form: Form }): Promise<Next> {
  const parsed = parseSuspension(form);
  if (parsed === undefined) throw new Refusal('FORM_REJECTED', 'The form has an answer that the page does not offer.');
  const { state, reason, problem } = parsed;
  if (problem !== undefined) {
    return { again: await renderOne(visit, id, { problem, ...(reason === undefined ? {} : { reason }) }) };
  }
  const stands = await read(visit, id);
  if (stands === undefined) throw notThere();
  const { settings, lang } = visit;
  const subject = { action: consoleAddress(lang, 'clients', id), stands, form };
  return decideOnce(visit, subject, async (decider) =>
    (await settings.desk.clients.decide({ ...decider, id, state, reason }))
      ? undefined
      : 'There is no such registration any more, or it stands like that already.',
  );
}
