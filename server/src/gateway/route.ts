import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../audit/audit-log.js';
import type { AccountDirectory } from '../bank/bank.js';
import { readPeerCertificates } from '../http/peer-certificates.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import type { Realm } from '../realm.js';
import { type AdmittedCall, admitCall, type CallDependencies } from './admit-call.js';
import { type ResourcePlace, readAccounts, readBalances, readTransactions } from './read-accounts.js';

export interface GatewayDependencies extends CallDependencies {
  readonly audit: AuditLog;
  /** The bank behind a realm. */
  readonly bankOf: (realm: Realm) => AccountDirectory;
}

type Read = (call: AdmittedCall, request: FastifyRequest, place: ResourcePlace) => Promise<object | undefined>;

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
    [resourcePaths[1], (call, request, place) => readBalances(call.grant, resourceIdOf(request), place)],
    [
      resourcePaths[2],
      (call, request, place) =>
        readTransactions(call.grant, { resourceId: resourceIdOf(request), query: queryOf(request) }, place),
    ],
  ];
  for (const [path, read] of resources) {
    app.get(`${base}${path}`, (request, reply) => answer({ request, reply, read, base, realm, dependencies }));
    refuseOtherMethods(app, `${base}${path}`, ['GET']);
  }
}

interface Answering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly read: Read;
  readonly base: string;
  readonly realm: Realm;
  readonly dependencies: GatewayDependencies;
}

async function answer({ request, reply, read, base, realm, dependencies }: Answering): Promise<FastifyReply> {
  if (!dependencies.audit.writable) throw new Error('the audit log is full: the store has not taken events');
  const call = await admitCall(
    {
      method: request.method,
      target: request.raw.url ?? '',
      rawHeaders: request.raw.rawHeaders,
      body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
      presented: readPeerCertificates(request.raw.socket),
    },
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
    correlationId: request.id,
    detail: {
      method: request.method,
      route: request.routeOptions.url ?? '',
      grant: call.grant.grantId,
      kid: call.signature.kid,
    },
  });
  if (resource === undefined) return reply.code(204).send();
  return reply.type('application/hal+json; charset=utf-8').send(JSON.stringify(resource));
}

function resourceIdOf(request: FastifyRequest): string {
  const { resourceId } = request.params as { resourceId: string };
  return resourceId;
}

function queryOf(request: FastifyRequest): string {
  return (request.raw.url ?? '').split('?')[1] ?? '';
}
