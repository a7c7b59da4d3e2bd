import { certificateStandingOf } from '@postern/core/qualification/certificate-standing.js';
import { ruleCatalogue } from '@postern/core/qualification/rule-catalogue.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { insertDecision } from '../audit/insert-decision.js';
import type { Decision } from '../decision.js';
import type { Sql } from '../store/database.js';
import { insertNotice } from '../store/notices.js';
import type { WatchedCertificate } from '../store/organization-standing-certificates.js';
import {
  type CertificateChange,
  prolongCertificateStanding,
  writeCertificateStanding,
} from '../store/organization-standing-certificates.js';
import type { WatchSettings } from './watch-settings.js';

/**
 * Ends the use of a certificate that is revoked, expired or no longer qualified, or lets it count again, in one transaction with
 * decision, audit event and notices. Its organisation and the organisation's other certificates go on.
 */
export async function recordCertificate(
  settings: WatchSettings,
  watched: WatchedCertificate,
  decision: Decision,
): Promise<void> {
  const change = describeChange(watched, decision);
  if (change === undefined) return;
  if (change.state === 'good' && watched.state === 'good') {
    if (watched.goodUntil === undefined || watched.goodUntil < change.goodUntil)
      await prolongCertificateStanding(settings.database, change);
    return;
  }
  if (change.state === watched.state) return;
  await settings.database.transaction((sql) => writeChange(sql, { settings, watched, decision, change }));
}

function describeChange({ thumbprint }: WatchedCertificate, decision: Decision): CertificateChange | undefined {
  const { evidence, qualification, id } = decision;
  const { state, finding } = certificateStandingOf(qualification.findings);
  if (state === 'unknown') return undefined;
  const lists = evidence.trust.available ? evidence.trust.lists : [];
  return {
    thumbprint,
    state,
    at: qualification.at,
    goodUntil: state === 'good' ? goodUntilOf(decision) : qualification.at,
    code: finding === undefined ? undefined : codeOf(finding.rule),
    reason: finding === undefined ? undefined : `${finding.title}: found ${finding.found}`,
    decisionId: id,
    statusReceivedAt: latest(evidence.revocation.map(({ receivedAt }) => receivedAt)),
    listsIssuedAt: latest(lists.map(({ issuedAt }) => issuedAt)),
    listSequences: Object.fromEntries(lists.map(({ territory, sequence }) => [territory, sequence])),
    notAfter: evidence.certificate.notAfter,
    final: finding?.rule === 'revocation.not-revoked' && !finding.found.includes('certificateHold'),
  };
}

interface Writing {
  readonly settings: WatchSettings;
  readonly watched: WatchedCertificate;
  readonly decision: Decision;
  readonly change: CertificateChange;
}

/** Being found good for the first time is no news; it is written so that all nodes know until when. */
async function writeChange(sql: Sql, { settings, watched, decision, change }: Writing): Promise<void> {
  if (!(await writeCertificateStanding(sql, change))) return;
  await insertDecision(sql, decision);
  const { thumbprint, organizationIdentifier, use } = watched;
  const ended = change.state === 'ended';
  if (!ended && watched.state === undefined) return;
  const detail = { use, code: change.code ?? '', reason: change.reason ?? '' };
  await insertAuditEvents(sql, [
    {
      at: change.at,
      kind: ended ? 'certificate-ended' : 'certificate-restored',
      outcome: 'done',
      code: change.code as RefusalCode | undefined,
      organizationIdentifier,
      thumbprint,
      decisionId: change.decisionId,
      correlationId: change.decisionId,
      detail,
    },
  ]);
  const notice = {
    organizationIdentifier,
    kind: ended ? ('certificate-ended' as const) : ('certificate-restored' as const),
    at: change.at,
    detail: { thumbprint, ...detail, decision: change.decisionId },
    ...(use === 'seal' ? { seal: thumbprint } : {}),
  };
  await insertNotice(sql, notice, settings.channels);
}

/** A verdict on the certificate alone, where the register stands against the whole, is looked at again soon. */
function goodUntilOf({ qualification, evidence }: Decision): Date {
  if (qualification.outcome === 'qualified') return qualification.validUntil;
  const soon = new Date(qualification.at.getTime() + 60_000);
  return soon < evidence.certificate.notAfter ? soon : evidence.certificate.notAfter;
}

function codeOf(rule: string): RefusalCode {
  return ruleCatalogue.find(({ id }) => id === rule)?.refusal ?? 'CERTIFICATE_INVALID';
}

function latest(times: readonly Date[]): Date {
  return new Date(Math.max(0, ...times.map((time) => time.getTime())));
}
