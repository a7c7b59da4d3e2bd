import { Refusal } from '@postern/core/refusal/refusal.js';
import { renderOwnRegistrationsPage } from '@postern/web/pages/own-registrations-page.js';
import type { FastifyInstance } from 'fastify';
import { readPeerCertificates } from '../http/peer-certificates.js';
import { prefersPage } from '../http/prefers-page.js';
import { readSource } from '../http/read-source.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { type ApiPages, lacksCertificate, sendApiPage, sendCertificateNeeded } from '../http/send-api-page.js';
import { ownRegistrationsAddress, type Realm } from '../realm.js';
import { renderOwnRegistrations } from './render-own-registrations.js';
import { type OwnDependencies, viewOwnRegistrations } from './view-own-registrations.js';

export interface OwnRegistrationsRoutes extends OwnDependencies {
  readonly pages: ApiPages;
  readonly errorsPage: string;
}

/** What an organisation has registered, as a page of the portal's look and as JSON, at the listener that asks for certificates. */
export function ownRegistrationsRoutes(app: FastifyInstance, realm: Realm, dependencies: OwnRegistrationsRoutes): void {
  const { pages, errorsPage } = dependencies;
  const pathOf = (lang: 'fr' | 'en') => new URL(ownRegistrationsAddress(realm, lang)).pathname;
  const alternates = { fr: pathOf('fr'), en: pathOf('en') };
  for (const lang of ['fr', 'en'] as const) {
    const place = { pages, lang, alternates, address: ownRegistrationsAddress(realm, lang) };
    app.get(alternates[lang], async (request, reply) => {
      const asPage = prefersPage(request.headers.accept, true);
      const { socket } = request.raw;
      const call = { presented: readPeerCertificates(socket), correlationId: request.id, source: readSource(socket) };
      try {
        const own = await viewOwnRegistrations(call, realm, dependencies);
        if (!asPage) return renderOwnRegistrations(own, { errorsPage, correlationId: request.id });
        return sendApiPage(reply, place, (context, view) => renderOwnRegistrationsPage(context, { ...view, ...own }));
      } catch (cause) {
        if (asPage && cause instanceof Refusal && lacksCertificate(cause))
          return sendCertificateNeeded(reply, place, cause);
        throw cause;
      }
    });
    refuseOtherMethods(app, alternates[lang], ['GET']);
  }
}
