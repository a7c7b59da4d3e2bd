import type { FastifyInstance } from 'fastify';
import { type AuditLog, recordsFull } from '../audit/audit-log.js';
import type { AccountDirectory } from '../bank/bank.js';
import type { DirectAnswer, DirectRequest } from '../http/direct-route.js';
import { readPeerCertificates } from '../http/peer-certificates.js';
import type { Realm } from '../realm.js';
import { type AdmittedCall, admitCall, type CallDependencies } from './admit-call.js';
import { type ResourcePlace, readAccounts, readBalances, readTransactions } from './read-accounts.js';

export interface GatewayDependencies extends CallDependencies {
  readonly audit: AuditLog;
  /** The bank behind a realm. */
  readonly bankOf: (realm: Realm) => AccountDirectory;
}

type Read = (call: AdmittedCall, request: DirectRequest, place: ResourcePlace) => Promise<object | undefined>;

const version = 'v1';

/** What is served below the address of the API, and with which scope. */
export const resourcePaths = [
  '/accounts',
  '/accounts/:resourceId/balances',
  '/accounts/:resourceId/transactions',
] as const;
export const resourceScope = 'aisp';

/** The open-banking API of a realm: every resource behind the same admission, answered as HAL. */
export function gatewayRoutes(app: FastifyInstance, realm: Realm, dependencies: GatewayDependencies): void {
  const base = `${realm.prefix}/stet-psd2-api/${version}`;
  const resources: readonly (readonly [string, Read])[] = [
    [resourcePaths[0], (call, _request, place) => readAccounts(call.grant, place)],
    [resourcePaths[1], (call, request, place) => readBalances(call.grant, request.parameter, place)],
    [
      resourcePaths[2],
      (call, request, place) =>
        readTransactions(call.grant, { resourceId: request.parameter, query: request.query }, place),
    ],
  ];
  for (const [path, read] of resources) {
    const place = { read, route: `${base}${path}`, base, realm };
    app.answerDirectly({
      method: 'GET',
      path: place.route,
      answer: (request) => answer(request, place, dependencies),
    });
  }
}

interface Place {
  readonly read: Read;
  readonly route: string;
  readonly base: string;
  readonly realm: Realm;
}

async function answer(
  request: DirectRequest,
  { read, route, base, realm }: Place,
  dependencies: GatewayDependencies,
): Promise<DirectAnswer> {
  if (!dependencies.audit.writable) throw recordsFull();
  const { method, target, headers, body } = request;
  const call = await admitCall(
    { method, target, headers, body, presented: readPeerCertificates(request.socket) },
    { realm, scope: resourceScope },
    dependencies,
  );
  const resource = await read(call, request, { base, bank: dependencies.bankOf(realm), now: call.now });
  dependencies.audit.append({
    at: call.now,
    kind: 'api-called',
    outcome: 'done',
    brand: realm.brand.id,
    environment: realm.environment,
    organizationIdentifier: call.peer.organization.identifier,
    clientId: call.grant.clientId,
    thumbprint: call.peer.certificate.thumbprint,
    decisionId: call.peer.decision.id,
    correlationId: request.correlationId,
    detail: { method, route, grant: call.grant.grantId, kid: call.signature.kid },
  });
  if (resource === undefined) return { status: 204 };
  return {
    status: 200,
    body: { type: 'application/hal+json; charset=utf-8', content: JSON.stringify(resource) },
  };
}
