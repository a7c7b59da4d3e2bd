import type { ConsolePage } from '@postern/web/views/console-view.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { guardFormOrigin, guardNavigation } from '../http/guard-navigation.js';
import { readForm } from '../http/read-form.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { openVisit, requireFormToken, type Visit } from './visit.js';

/** The fields of a form; '' for one that is not there. */
export type Form = (name: string) => string;

/** What a form leads to: another page, or the same one with what is wrong. */
export type Next = { readonly to: string; readonly cookie?: string } | { readonly again: string };

type IdRequest = FastifyRequest<{ Params: { id?: string } }>;

/** A part of the console that lists things, and shows each at an address of its own, where it is decided on. */
export interface Desk {
  readonly page: ConsolePage;
  readonly renderList: (visit: Visit, query: URLSearchParams) => Promise<string>;
  readonly renderOne: (visit: Visit, id: string) => Promise<string>;
  readonly decide: (visit: Visit, from: { readonly id: string; readonly form: Form }) => Promise<Next>;
}

/** The routes of one desk. */
export function deskRoutes(app: FastifyInstance, place: ConsolePlace, desk: Desk): void {
  const list = consoleAddress(place.lang, desk.page);
  const one = `${list}/:id`;
  pageRoute(app, { ...place, url: list }, (visit, { query }) => desk.renderList(visit, query));
  pageRoute(app, { ...place, url: one }, (visit, { id }) => desk.renderOne(visit, id));
  formRoute(app, { ...place, url: one }, desk.decide);
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
    const visit = await visitOf(place, request);
    if (visit === undefined) return leadToSignIn(place, reply);
    const query = new URL(request.url, place.settings.publicUrl).searchParams;
    return sendPage(reply, await render(visit, { id: request.params.id ?? '', query }));
  });
}

/** A form of such a page: sent from it, in its session. */
export function formRoute(
  app: FastifyInstance,
  place: ConsolePlace & { readonly url: string },
  answer: (visit: Visit, from: { readonly id: string; readonly form: Form }) => Promise<Next>,
): void {
  app.post(place.url, async (request: IdRequest, reply) => {
    guardFormOrigin(request.headers, place.settings.publicUrl);
    const form = readForm(request);
    const visit = await visitOf(place, request);
    if (visit === undefined) return leadToSignIn(place, reply);
    requireFormToken(visit, request.url, form('form_token'));
    const next = await answer(visit, { id: request.params.id ?? '', form });
    if ('again' in next) return sendPage(reply.code(422), next.again);
    if (next.cookie !== undefined) reply.header('set-cookie', next.cookie);
    return reply.redirect(next.to, 303);
  });
}

function visitOf(place: ConsolePlace, request: FastifyRequest): Promise<Visit | undefined> {
  return openVisit(place, { cookieHeader: request.headers.cookie, correlationId: request.id });
}

function leadToSignIn({ lang }: ConsolePlace, reply: FastifyReply): FastifyReply {
  return reply.redirect(`${consoleAddress(lang, 'sign-in')}?leave=ended`, 303);
}

export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
