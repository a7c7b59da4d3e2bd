import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Lang } from '@postern/web/page-context.js';
import { renderPhonePage } from '@postern/web/pages/phone-page.js';
import type { FastifyInstance } from 'fastify';
import type { Site } from '../http/site.js';
import type { Realm } from '../realm.js';
import type { Database } from '../store/database.js';
import { readSimulatedMessages } from '../store/simulated-messages.js';
import type { CustomerDirectory } from './bank.js';

export interface PhoneDependencies {
  readonly site: Site;
  readonly database: Database;
  readonly bank: CustomerDirectory;
}

const messagesShown = 10;

/** Where the phone of a simulated customer is looked at. */
export function phoneAddress(realm: Realm, lang: Lang, psu: string): string {
  return `${realm.prefix}/${lang}/phone?user=${encodeURIComponent(psu)}`;
}

/** The phones of the simulated bank's customers, on the web listener. Never registered where the bank is real. */
export function phoneRoutes(app: FastifyInstance, realm: Realm, { site, database, bank }: PhoneDependencies): void {
  for (const lang of ['fr', 'en'] as const) {
    app.get<{ Querystring: { user?: unknown } }>(`${realm.prefix}/${lang}/phone`, async (request, reply) => {
      const { user } = request.query;
      const customer = typeof user === 'string' ? await bank.readCustomer(user) : undefined;
      if (customer === undefined) throw new Refusal('NOT_FOUND', 'The simulated bank has no such customer.');
      const { psu, name } = customer;
      const sought = { brand: realm.brand.id, environment: realm.environment, psu };
      const messages = await readSimulatedMessages(database, sought, messagesShown);
      const context = site.pageContext(realm, lang, {
        fr: phoneAddress(realm, 'fr', psu),
        en: phoneAddress(realm, 'en', psu),
      });
      const view = { psuName: name, messages: messages.map(({ sentAt, text }) => ({ at: sentAt, text })) };
      return reply.type('text/html; charset=utf-8').send(renderPhonePage(context, view));
    });
  }
}
