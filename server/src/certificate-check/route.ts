import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderCertificateCheckPage } from '@postern/web/pages/certificate-check-page.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readPeerCertificates } from '../http/peer-certificates.js';
import { preferredLang } from '../http/preferred-lang.js';
import { prefersPage } from '../http/prefers-page.js';
import { readSource } from '../http/read-source.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { type ApiPages, lacksCertificate, sendApiPage, sendCertificateNeeded } from '../http/send-api-page.js';
import { describeInspection } from '../qualification/describe-inspection.js';
import type { Realm } from '../realm.js';
import { type CheckCall, type CheckDependencies, checkCertificate, renderCheck } from './check-certificate.js';

export interface CheckRoutes extends CheckDependencies {
  readonly pages: ApiPages;
}

type CheckRequest = FastifyRequest<{ Querystring: { lang?: unknown } }>;

/** What the bank thinks of the certificate of the connection, in one realm: JSON, and a page for a browser. */
export function certificateCheckRoutes(app: FastifyInstance, realm: Realm, dependencies: CheckRoutes): void {
  const url = `${realm.prefix}/certificate-check`;
  app.get<{ Querystring: { lang?: unknown } }>(url, async (request, reply) => {
    const call = callOf(request);
    if (prefersPage(request.headers.accept, false)) return showCheck(request, reply, { realm, dependencies, url });
    return renderCheck(await checkCertificate(call, realm, dependencies), request.id);
  });
  refuseOtherMethods(app, url, ['GET']);
}

async function showCheck(
  request: CheckRequest,
  reply: FastifyReply,
  { realm, dependencies, url }: { realm: Realm; dependencies: CheckRoutes; url: string },
): Promise<FastifyReply> {
  const lang = (['fr', 'en'] as const).find((each) => each === request.query.lang);
  const place = {
    pages: dependencies.pages,
    lang: lang ?? preferredLang(request.headers['accept-language']),
    alternates: { fr: `${url}?lang=fr`, en: `${url}?lang=en` },
    address: `${realm.issuer}/certificate-check`,
  };
  const call = callOf(request);
  try {
    const result = describeInspection(await checkCertificate(call, realm, dependencies));
    return sendApiPage(reply, place, (context, view) =>
      renderCertificateCheckPage(context, { ...view, result, correlationId: request.id }),
    );
  } catch (cause) {
    if (cause instanceof Refusal && lacksCertificate(cause)) return sendCertificateNeeded(reply, place, cause);
    throw cause;
  }
}

function callOf({ id, raw }: FastifyRequest): CheckCall {
  return { presented: readPeerCertificates(raw.socket), correlationId: id, source: readSource(raw.socket) };
}
