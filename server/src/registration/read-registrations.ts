import type { AuditEvent } from '../audit/audit-event.js';
import { admitPeer } from '../decision.js';
import type { Realm } from '../realm.js';
import { type RegisteredClient, readClientsOfOrganization } from '../store/clients.js';
import type { Asking } from './count-request.js';
import type { RegistrationDependencies } from './dependencies.js';
import { findRegistration, type ManagementCall, notFound } from './find-registration.js';
import { renderEtag, versionOfRendered } from './registration-etag.js';
import { renderRegistration } from './render-registration.js';
import type { RenderedRegistrations, RenderedText } from './rendered-registrations.js';

export interface ReadCall {
  readonly presented: readonly Uint8Array[];
  readonly correlationId: string;
}

/** A registration as it is answered. */
export interface RenderedRegistration {
  readonly body: Readonly<Record<string, unknown>>;
  readonly etag: string;
}

/** All registrations of the organisation of the certificate presented: how a lost answer is found again. */
export async function listRegistrations(
  call: ReadCall,
  realm: Realm,
  dependencies: RegistrationDependencies,
): Promise<Readonly<Record<string, unknown>>> {
  return admitPeer(dependencies.judge, call.presented, async (peer) => {
    const clients = await readClientsOfOrganization(dependencies.database, {
      brand: realm.brand.id,
      environment: realm.environment,
      organizationIdentifier: peer.organization.identifier,
    });
    record(call, { realm, peer, dependencies, now: dependencies.clock() });
    return { registrations: clients.map((client) => renderRegistration(client, realm)) };
  });
}

/** One registration (RFC 7592 section 2.1), as the text that is answered. Throws the Refusals of `findRegistration`. */
export async function readRegistration(
  call: ManagementCall,
  realm: Realm,
  dependencies: RegistrationDependencies & { readonly rendered: RenderedRegistrations },
): Promise<RenderedText> {
  return admitPeer(dependencies.judge, call.presented, async (peer) => {
    const asking: Asking = { realm, peer, dependencies, now: dependencies.clock() };
    const { clientId } = call;
    const isBare = call.authorization === undefined && call.exposedToken === undefined;
    if (isBare && !dependencies.policy.requireToken) {
      const organizationIdentifier = peer.organization.identifier;
      const { brand, environment } = realm;
      const rendered = await dependencies.rendered.read({
        clientId,
        brand: brand.id,
        environment,
        organizationIdentifier,
      });
      if (rendered === undefined) throw notFound();
      record(call, asking, clientId);
      return rendered;
    }
    const { client, token } = await findRegistration(call, asking);
    record(call, asking, clientId);
    const { body, etag } = renderAnswer(client, realm, token);
    return { text: JSON.stringify(body), etag };
  });
}

/** The registration and its ETag; with the token where it was just issued or presented. */
export function renderAnswer(client: RegisteredClient, realm: Realm, token: string | undefined): RenderedRegistration {
  const registration = renderRegistration(client, realm);
  return {
    body: token === undefined ? registration : { ...registration, registration_access_token: token },
    etag: renderEtag(versionOfRendered(registration), token),
  };
}

function record(call: ReadCall, { realm, peer, dependencies, now }: Asking, clientId?: string): void {
  const event: AuditEvent = {
    at: now,
    kind: 'registration-read',
    outcome: 'done',
    brand: realm.brand.id,
    environment: realm.environment,
    organizationIdentifier: peer.organization.identifier,
    clientId,
    thumbprint: peer.certificate.thumbprint,
    decisionId: peer.decision.id,
    correlationId: call.correlationId,
  };
  dependencies.audit.append(event);
}
