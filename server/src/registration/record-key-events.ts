import type { ClientMetadataDraft } from '@postern/core/registration/parse-client-metadata.js';
import { type AuditEvent, insertAuditEvents } from '../audit/audit-event.js';
import type { Decision } from '../decision.js';
import { insertNotice } from '../store/notices.js';
import type { Asking } from './count-request.js';

/** What was sent, and what its sealing certificates were found to be. */
export interface SentKeys {
  readonly draft: ClientMetadataDraft;
  readonly seals: readonly Decision[];
  readonly correlationId: string;
}

/**
 * Keeps what an operator has to see although the request is refused: the seal of another organisation, and a private key that was
 * sent. Of the latter those clients of the organisation that registered the certificate are told.
 */
export async function recordKeyEvents(asking: Asking, sent: SentKeys): Promise<void> {
  const own = asking.peer.organization.identifier;
  const foreign = sent.seals.flatMap(({ evidence, qualification }) =>
    qualification.outcome === 'qualified' && qualification.organization.identifier !== own
      ? [{ seal: evidence.certificate.thumbprint, owner: qualification.organization.identifier }]
      : [],
  );
  const { exposed } = sent.draft;
  if (foreign.length === 0 && exposed.length === 0) return;
  const { database, presentation } = asking.dependencies;
  await database.transaction(async (sql) => {
    await insertAuditEvents(sql, [
      ...foreign.map((detail) => eventOf(asking, sent, { kind: 'foreign-seal', detail })),
      ...exposed.map((seal) => eventOf(asking, sent, { kind: 'key-exposed', detail: { seal } })),
    ]);
    for (const seal of exposed) {
      const notice = { organizationIdentifier: own, seal, kind: 'key-exposed', at: asking.now } as const;
      await insertNotice(sql, { ...notice, detail: { thumbprint: seal } }, presentation.channels);
    }
  });
}

function eventOf(
  { realm, peer, now }: Asking,
  { correlationId }: SentKeys,
  event: Pick<AuditEvent, 'kind' | 'detail'>,
): AuditEvent {
  return {
    at: now,
    outcome: 'refused',
    code: 'METADATA_INVALID',
    brand: realm.brand.id,
    environment: realm.environment,
    organizationIdentifier: peer.organization.identifier,
    thumbprint: peer.certificate.thumbprint,
    decisionId: peer.decision.id,
    correlationId,
    ...event,
  };
}
