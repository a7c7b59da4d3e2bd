import type { Lang, PageContext } from '@postern/web/page-context.js';
import { renderContactPage } from '@postern/web/pages/contact-page.js';
import type { ContactForm, ContactView } from '@postern/web/views/contact-view.js';
import { type PortalNavigation, type PortalPage, portalPages } from '@postern/web/views/portal-navigation.js';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config.js';
import type { FormAnswers } from '../http/form-answers.js';
import { createShowing } from '../http/form-token.js';
import { type IdRequest, postOnce } from '../http/post-once.js';
import { readForm } from '../http/read-form.js';
import { readSource } from '../http/read-source.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { Realm } from '../realm.js';
import type { CountLook } from './count-looks.js';
import { longestMessage, parseFeedback } from './parse-feedback.js';
import type { ReceiveFeedback } from './receive-feedback.js';

export interface ContactPlace {
  readonly realm: Realm;
  readonly lang: Lang;
  readonly navigation: PortalNavigation;
  readonly contextOf: (page: PortalPage) => PageContext;
  readonly contacts: Config['brands'][number]['contacts'];
  readonly receiveFeedback: ReceiveFeedback;
  readonly answers: FormAnswers;
  /** Throws when the tools were used too often lately. */
  readonly countLook: CountLook;
  readonly clock: () => Date;
}

const empty: ContactForm = { kind: undefined, page: undefined, message: '', email: '' };

/** How the bank is reached, and the form that writes to it; posted to the same address. Answers the empty form. */
export function contactRoutes(app: FastifyInstance, place: ContactPlace): readonly [PortalPage, string] {
  const { realm, lang, navigation, receiveFeedback, countLook, clock, answers } = place;
  const url = navigation.contact;
  const render = renderWith(place);
  app.get<{ Querystring: { page?: unknown } }>(url, { exposeHeadRoute: true }, async (request, reply) => {
    const page = portalPages.find((each) => each === request.query.page);
    return send(reply, render({ form: { ...empty, page }, problems: [] }));
  });
  const take = async (request: IdRequest, reply: FastifyReply) => {
    countLook(readSource(request.raw.socket));
    const { form, feedback, problems } = parseFeedback(readForm(request));
    if (feedback === undefined) return send(reply.code(400), render({ form, problems }));
    const reference = await receiveFeedback({
      feedback: { ...feedback, brand: realm.brand.id, lang },
      source: readSource(request.raw.socket),
      now: clock(),
      correlationId: request.id,
    });
    return send(reply, render({ form: empty, problems, reference }));
  };
  postOnce(app, url, { kind: { answers, webUrl: realm.webUrl }, answer: take });
  refuseOtherMethods(app, url, ['GET', 'HEAD', 'POST']);
  return ['contact', render({ form: empty, problems: [] })];
}

function renderWith({ lang, navigation, contextOf, contacts }: ContactPlace) {
  const { email, phone, hours } = contacts;
  const base = { navigation, contacts: { email, phone, hours: hours?.[lang] }, longestMessage };
  return (view: Pick<ContactView, 'form' | 'problems' | 'reference'>) =>
    renderContactPage(contextOf('contact'), { ...base, ...view, formToken: createShowing() });
}

function send(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
