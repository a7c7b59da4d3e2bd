import { renderConsoleStartPage } from '@postern/web/pages/operator/console-start-page.js';
import type { FastifyInstance } from 'fastify';
import { assetRoutes } from '../http/asset-routes.js';
import { preferredLang } from '../http/preferred-lang.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { clientRoutes } from './client-routes.js';
import { feedbackRoutes } from './feedback-routes.js';
import { historyRoutes } from './history-routes.js';
import { nameRoutes } from './name-routes.js';
import { endSession } from './open-session.js';
import { type ConsolePlace, consoleAddress, consoleLanguages, type OperatorSettings } from './operator-settings.js';
import { requestRoutes } from './request-routes.js';
import { signInRoutes } from './sign-in-routes.js';
import { describePlace, pageContext, type Visit } from './visit.js';
import { formRoute, pageRoute } from './visit-routes.js';

/** The parts of the console, each with its page in the menu (`consolePages`). */
const parts: readonly ((app: FastifyInstance, place: ConsolePlace) => void)[] = [
  startRoutes,
  requestRoutes,
  nameRoutes,
  clientRoutes,
  feedbackRoutes,
  historyRoutes,
];

/** The console of the bank's own staff, in both languages; on the operator listener and nowhere else. */
export function operatorRoutes(app: FastifyInstance, settings: OperatorSettings): void {
  app.get('/', async (request, reply) =>
    reply.redirect(consoleAddress(preferredLang(request.headers['accept-language'])), 303),
  );
  refuseOtherMethods(app, '/', ['GET']);
  assetRoutes(app, settings.site);
  signInRoutes(app, settings);
  for (const lang of consoleLanguages) for (const route of parts) route(app, { settings, lang });
}

function startRoutes(app: FastifyInstance, place: ConsolePlace): void {
  const url = consoleAddress(place.lang);
  pageRoute(app, { ...place, url }, renderStart);
  refuseOtherMethods(app, url, ['GET']);
  signOutRoute(app, place);
}

async function renderStart(visit: Visit): Promise<string> {
  const { desk } = visit.settings;
  const [waiting, parts, place] = await Promise.all([
    desk.countWaiting(),
    desk.readParts(),
    describePlace(visit, 'start'),
  ]);
  const view = { waiting, parts, alarms: desk.alarms(), at: visit.now };
  return renderConsoleStartPage(pageContext(visit, []), place, view);
}

function signOutRoute(app: FastifyInstance, place: ConsolePlace): void {
  const url = consoleAddress(place.lang, 'sign-out');
  formRoute(app, { ...place, url }, async (visit) => {
    await endSession(visit.settings, visit.secret, visit);
    return { leave: 'signed-out' };
  });
  refuseOtherMethods(app, url, ['POST']);
}
