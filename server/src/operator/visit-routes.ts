import type { Leave } from '@postern/web/views/console-sign-in-view.js';
import type { ConsolePage } from '@postern/web/views/console-view.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createFormAnswers } from '../http/form-answers.js';
import { guardNavigation, requireFormOrigin } from '../http/guard-navigation.js';
import { type IdRequest as FormRequest, postOnce } from '../http/post-once.js';
import { readForm } from '../http/read-form.js';
import { readSource } from '../http/read-source.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { confirmRights } from './confirm-rights.js';
import type { ConsoleCall } from './open-session.js';
import { type ConsolePlace, consoleAddress, type OperatorSettings } from './operator-settings.js';
import { renderEndedSessionCookie } from './session-cookie.js';
import { openVisit, requireDecider, requireFormToken, type Visit } from './visit.js';

/** The fields of a form; '' for one that is not there. */
export type Form = (name: string) => string;

/** What a form leads to: another page, the same one with what is wrong, or the way out. */
export type Next = { readonly to: string } | { readonly again: string } | { readonly leave: Leave };

type IdRequest = FastifyRequest<{ Params: { id?: string } }>;

/** A part of the console that lists things, and shows each at an address of its own, where it is decided on. */
export interface Desk {
  readonly page: ConsolePage;
  readonly renderList: (visit: Visit, query: URLSearchParams) => Promise<string>;
  readonly renderOne: (visit: Visit, id: string) => Promise<string>;
  /** For who may decide, asked just now. */
  readonly decide: (visit: Visit, from: { readonly id: string; readonly form: Form }) => Promise<Next>;
}

/** The routes of one desk. */
export function deskRoutes(app: FastifyInstance, place: ConsolePlace, desk: Desk): void {
  const list = consoleAddress(place.lang, desk.page);
  const one = `${list}/:id`;
  pageRoute(app, { ...place, url: list }, (visit, { query }) => desk.renderList(visit, query));
  pageRoute(app, { ...place, url: one }, (visit, { id }) => desk.renderOne(visit, id));
  formRoute(app, { ...place, url: one }, async (visit, from) => {
    const confirmed = await confirmRights(visit, 'now');
    if (typeof confirmed === 'string') return { leave: confirmed };
    await requireDecider(confirmed);
    return desk.decide(confirmed, from);
  });
  refuseOtherMethods(app, list, ['GET']);
  refuseOtherMethods(app, one, ['GET', 'POST']);
}

/** A page that only who is signed in gets; everybody else is led to the sign-in. */
export function pageRoute(
  app: FastifyInstance,
  place: ConsolePlace & { readonly url: string },
  render: (visit: Visit, from: { readonly id: string; readonly query: URLSearchParams }) => Promise<string>,
): void {
  app.get(place.url, async (request: IdRequest, reply) => {
    guardNavigation(request.headers);
    const opened = await visitOf(place, request);
    const visit = typeof opened === 'string' ? opened : await confirmRights(opened, 'due');
    if (typeof visit === 'string') return leadToSignIn(place, reply, visit);
    const query = new URL(request.url, place.settings.publicUrl).searchParams;
    return sendPage(reply, await render(visit, { id: request.params.id ?? '', query }));
  });
}

/** A form of such a page: sent from it, in its session, and acted on once. */
export function formRoute(
  app: FastifyInstance,
  place: ConsolePlace & { readonly url: string },
  answer: (visit: Visit, from: { readonly id: string; readonly form: Form }) => Promise<Next>,
): void {
  const { database, clock, publicUrl } = place.settings;
  const kind = { answers: createFormAnswers(database, clock), webUrl: publicUrl, guard: requireFormOrigin };
  const decide = async (request: FormRequest, reply: FastifyReply) => {
    const form = readForm(request);
    const visit = await visitOf(place, request);
    if (typeof visit === 'string') return leadToSignIn(place, reply, visit);
    requireFormToken(visit, request.url, form('form_token'));
    const next = await answer(visit, { id: request.params.id ?? '', form });
    if ('leave' in next) return leadToSignIn(place, reply, next.leave);
    if ('again' in next) return sendPage(reply.code(422), next.again);
    return reply.redirect(next.to, 303);
  };
  postOnce(app, place.url, { kind, answer: decide });
}

function visitOf(place: ConsolePlace, request: FastifyRequest): Promise<Visit | 'ended' | 'moved'> {
  return openVisit(place, { ...consoleCall(place.settings, request), cookieHeader: request.headers.cookie });
}

/** When a request came, and from which browser. */
export function consoleCall({ clock }: Pick<OperatorSettings, 'clock'>, request: FastifyRequest): ConsoleCall {
  const { socket, headers } = request.raw;
  const caller = { source: readSource(socket), userAgent: headers['user-agent'] ?? '' };
  return { now: clock(), correlationId: request.id, caller };
}

function leadToSignIn({ lang }: ConsolePlace, reply: FastifyReply, why: Leave): FastifyReply {
  const cookie = renderEndedSessionCookie();
  return reply.header('set-cookie', cookie).redirect(`${consoleAddress(lang, 'sign-in')}?leave=${why}`, 303);
}

export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
