import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { prepareContent, sendContent } from '../http/still-content.js';
import { allBrands, type Realm } from '../realm.js';
import { describeAccounts } from './describe-accounts.js';
import { describeOauth2 } from './describe-oauth2.js';
import type { Documents } from './describe-once.js';
import { type DescribedBy, describeRegistration } from './describe-registration.js';
import { describeSandbox } from './describe-sandbox.js';
import type { JsonSchema } from './json-schema.js';
import { renderCollection } from './render-collection.js';

/** The documents of a realm; of what is not offered there is none. */
export function describeInterfaces(realm: Realm, by: DescribedBy): Documents {
  const registration = { registration: describeRegistration(realm, by) };
  if (realm.brand.id === allBrands) return registration;
  return {
    ...registration,
    oauth2: describeOauth2(realm, by.errorsPage),
    ...(realm.bank === 'none' ? {} : { accounts: describeAccounts(realm, by.errorsPage) }),
    ...(realm.environment === 'sandbox' && by.testCertificates === true
      ? { sandbox: describeSandbox(realm, by.errorsPage) }
      : {}),
  };
}

/**
 * The descriptions of one realm, as OpenAPI documents and as collections for HTTP clients. They hold no secret and ask for no
 * certificate: they are read before there is one, by people and by generators of clients.
 */
export function openapiRoutes(app: FastifyInstance, realm: Realm, documents: Documents): void {
  for (const [name, document] of Object.entries(documents)) {
    documentRoute(app, `${realm.prefix}/openapi/${name}.json`, document);
    documentRoute(app, `${realm.prefix}/openapi/${name}.postman.json`, renderCollection(document));
  }
}

function documentRoute(app: FastifyInstance, url: string, document: JsonSchema): void {
  const content = prepareContent(JSON.stringify(document));
  app.get(url, { exposeHeadRoute: true }, async (request, reply) => {
    reply.header('cache-control', 'public, max-age=60').type('application/json; charset=utf-8');
    return sendContent(request, reply, content);
  });
  refuseOtherMethods(app, url, ['GET', 'HEAD']);
}
