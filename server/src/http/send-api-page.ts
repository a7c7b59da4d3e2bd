import type { Refusal } from '@postern/core/refusal/refusal.js';
import type { Lang, PageContext } from '@postern/web/page-context.js';
import { renderCertificateNeededPage } from '@postern/web/pages/certificate-needed-page.js';
import type { PortalNavigation } from '@postern/web/views/portal-navigation.js';
import type { FastifyReply } from 'fastify';
import { webSecurityHeaders } from './web-security-headers.js';

/** What pages at the interface for third parties have in common: the portal's look, with links to the portal's own listener. */
export interface ApiPages {
  readonly webUrl: string;
  contextOf(lang: Lang, alternates: { readonly fr: string; readonly en: string }): PageContext;
  navigationOf(lang: Lang): PortalNavigation;
}

/** One such page: its language, and its address in each. */
export interface ApiPagePlace {
  readonly pages: ApiPages;
  readonly lang: Lang;
  readonly alternates: { readonly fr: string; readonly en: string };
  /** Absolute, for commands. */
  readonly address: string;
}

/** Answers a page at the interface for third parties, as strict as those of the web listener, to which its search field leads. */
export function sendApiPage(
  reply: FastifyReply,
  place: ApiPagePlace,
  render: (context: PageContext, view: { navigation: PortalNavigation; address: string }) => string,
): FastifyReply {
  const { pages, lang, alternates, address } = place;
  const policy = webSecurityHeaders['content-security-policy'].replace(
    "form-action 'self'",
    `form-action 'self' ${pages.webUrl}`,
  );
  return reply
    .headers({ ...webSecurityHeaders, 'content-security-policy': policy, vary: 'Accept, Accept-Language' })
    .type('text/html; charset=utf-8')
    .send(render(pages.contextOf(lang, alternates), { navigation: pages.navigationOf(lang), address }));
}

/** Whether a page can say how to come back with a certificate that is read. */
export function lacksCertificate({ code }: Refusal): boolean {
  return code === 'CERTIFICATE_MISSING' || code === 'CERTIFICATE_INVALID';
}

/** Answers a page that says how to come back with a certificate. 400, because 401 asks for a challenge, and a browser has none to answer. */
export function sendCertificateNeeded(reply: FastifyReply, place: ApiPagePlace, refusal: Refusal): FastifyReply {
  const message = refusal.code === 'CERTIFICATE_MISSING' ? undefined : refusal.message;
  return sendApiPage(reply.code(400), place, (context, view) =>
    renderCertificateNeededPage(context, { ...view, message }),
  );
}
