import type { Finding } from '@postern/core/qualification/finding.js';
import type {
  CertificateStanding,
  OwnCertificate,
  OwnClient,
  OwnRefusal,
  OwnRegistrations,
} from '@postern/web/views/own-registrations-view.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { CertificateJudge, Decision } from '../decision.js';
import { describeInspection } from '../qualification/describe-inspection.js';
import { allBrands, type Realm } from '../realm.js';
import { type KnownCertificate, readCertificatesOfOrganization } from '../store/certificates-of-organization.js';
import { type RegisteredClient, readClientsOfOrganization } from '../store/clients.js';
import type { Database } from '../store/database.js';
import { mayShowNames } from '../store/name-reviews.js';
import {
  type CertificateRefusal,
  readFailedFindings,
  readRefusalsOfCertificates,
} from '../store/refusals-of-certificates.js';

export interface OwnDependencies {
  readonly database: Database;
  readonly judge: CertificateJudge;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: () => Date;
  /** Days before its end on which a certificate is told of; from the first of them on it ends soon. */
  readonly warningDays: readonly number[];
}

export interface OwnCall {
  readonly presented: readonly Uint8Array[];
  readonly correlationId: string;
  /** The address that it came from. */
  readonly source: string;
}

const mostRefusals = 50;
const day = 86_400_000;

/**
 * What the organisation of the certificate presented has in a realm: found by that certificate alone, so that there is nothing to ask
 * for of anybody else. One that is not qualified proves no organisation, and sees what was refused to itself.
 * Throws Refusal CERTIFICATE_MISSING, CERTIFICATE_INVALID.
 */
export async function viewOwnRegistrations(
  call: OwnCall,
  realm: Realm,
  dependencies: OwnDependencies,
): Promise<OwnRegistrations> {
  const decision = await dependencies.judge.judge(call.presented, 'website');
  const now = dependencies.clock();
  const presented = describeInspection(decision);
  const organization = organizationOf(decision);
  record({ call, realm, decision }, dependencies, now);
  if (organization === undefined) {
    const refusals = await readRefusals(dependencies.database, realm, [presented.thumbprint]);
    return { presented, organization: undefined, clients: [], certificates: [], refusals };
  }
  const { database } = dependencies;
  const [clients, known] = await Promise.all([
    readClients(database, realm, organization.identifier),
    readCertificatesOfOrganization(database, organization.identifier),
  ]);
  const thumbprints = new Set([presented.thumbprint, ...known.map(({ thumbprint }) => thumbprint)]);
  const certificates = known
    .map((each) => toCertificate(each, { now, warningDays: dependencies.warningDays }))
    // Until its path is kept, a certificate that came to the door looks like one that was registered.
    .map((each) => (each.thumbprint === presented.thumbprint ? { ...each, use: 'website' as const } : each));
  return {
    presented,
    organization: { identifier: organization.identifier, legalName: organization.legalName },
    clients: clients.map((client) => toClient(client, new Map(certificates.map((each) => [each.thumbprint, each])))),
    certificates,
    refusals: await readRefusals(database, realm, [...thumbprints]),
  };
}

function organizationOf({ qualification }: Decision) {
  return qualification.outcome === 'qualified' ? qualification.organization : undefined;
}

function record(
  { call, realm, decision }: { call: OwnCall; realm: Realm; decision: Decision },
  { audit }: OwnDependencies,
  at: Date,
): void {
  const { qualification, evidence } = decision;
  audit.append(
    {
      at,
      kind: 'registration-read',
      outcome: 'done',
      code: qualification.outcome === 'qualified' ? undefined : qualification.code,
      brand: realm.brand.id,
      environment: realm.environment,
      organizationIdentifier: organizationOf(decision)?.identifier,
      thumbprint: evidence.certificate.thumbprint,
      decisionId: decision.id,
      correlationId: call.correlationId,
    },
    call.source,
  );
}

/** Those of the brand, and those that are registered for all brands. */
async function readClients(database: Database, realm: Realm, organizationIdentifier: string) {
  const { environment } = realm;
  const [own, everywhere] = await Promise.all(
    [realm.brand.id, allBrands].map((brand) =>
      readClientsOfOrganization(database, { brand, environment, organizationIdentifier }),
    ),
  );
  return [...(own ?? []), ...(everywhere ?? [])];
}

function toClient(client: RegisteredClient, known: ReadonlyMap<string, OwnCertificate>): OwnClient {
  const { metadata, nameStanding } = client;
  return {
    clientId: client.clientId,
    name: metadata.client_name,
    scopes: metadata.scope.split(' '),
    redirectUris: metadata.redirect_uris,
    issuedAt: client.issuedAt,
    forAllBrands: client.brand === allBrands,
    suspension: client.suspension,
    nameState: mayShowNames(nameStanding) ? 'shown' : nameStanding?.state === 'refused' ? 'refused' : 'held',
    nameDoubts: mayShowNames(nameStanding) ? [] : (nameStanding?.doubts ?? []).map(({ text }) => text),
    keys: client.keys.map(({ kid, alias, x5u }) => {
      const certificate = known.get(kid);
      return { kid, alias, x5u, notAfter: certificate?.notAfter, standing: certificate?.standing ?? 'good' };
    }),
  };
}

function toCertificate(
  { thumbprint, use, firstSeenAt, notAfter, state, reason }: KnownCertificate,
  time: { readonly now: Date; readonly warningDays: readonly number[] },
): OwnCertificate {
  const standing: CertificateStanding = state === 'ended' ? 'ended' : standingByEnd(notAfter, time);
  return { thumbprint, use, firstSeenAt, notAfter, standing, reason: standing === 'ended' ? reason : undefined };
}

function standingByEnd(
  notAfter: Date | undefined,
  { now, warningDays }: { readonly now: Date; readonly warningDays: readonly number[] },
): CertificateStanding {
  if (notAfter === undefined) return 'good';
  if (notAfter <= now) return 'expired';
  return notAfter.getTime() - now.getTime() <= Math.max(0, ...warningDays) * day ? 'ending' : 'good';
}

async function readRefusals(
  database: Database,
  realm: Realm,
  thumbprints: readonly string[],
): Promise<readonly OwnRefusal[]> {
  const refusals = (await readRefusalsOfCertificates(database, thumbprints))
    .filter((refusal) => isIn(realm, refusal))
    .slice(0, mostRefusals);
  const decisions = [...new Set(refusals.flatMap(({ decisionId }) => decisionId ?? []))];
  const findings = await readFailedFindings(database, decisions);
  return refusals.map((refusal) => toRefusal(refusal, findings));
}

/** Refusals of requests bear no realm; the address that was asked tells it. What had no address is told in each. */
function isIn(realm: Realm, { brand, environment, route = '' }: CertificateRefusal): boolean {
  if (brand !== undefined) return environment === realm.environment && [realm.brand.id, allBrands].includes(brand);
  const everywhere = realm.environment === 'sandbox' ? `/sandbox/${allBrands}` : `/${allBrands}`;
  const path = route.replace('/.well-known/oauth-authorization-server', '');
  return route === '' || [realm.prefix, everywhere].some((prefix) => `${path}/`.startsWith(`${prefix}/`));
}

function toRefusal(refusal: CertificateRefusal, findings: ReadonlyMap<string, readonly Finding[]>): OwnRefusal {
  const { at, code, method, route, correlationId, decisionId } = refusal;
  const found = decisionId === undefined ? undefined : findings.get(decisionId);
  return { at, code, method, route, correlationId, findings: found ?? [] };
}
