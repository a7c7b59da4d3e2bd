import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { guardFormOrigin, guardNavigation } from '../http/guard-navigation.js';
import { readForm } from '../http/read-form.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { openVisit, requireFormToken, type Visit } from './visit.js';

/** The fields of a form; '' for one that is not there. */
export type Form = (name: string) => string;

/** What a form leads to: another page, or the same one with what is wrong. */
export type Next = { readonly to: string; readonly cookie?: string } | { readonly again: string };

type IdRequest = FastifyRequest<{ Params: { id?: string } }>;

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
