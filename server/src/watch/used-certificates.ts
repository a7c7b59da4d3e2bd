import { insertAuditEvents } from '../audit/audit-event.js';
import type { Decision } from '../decision.js';
import { insertNotice } from '../store/notices.js';
import { insertUsedCertificate } from '../store/organization-standing-certificates.js';
import type { WatchSettings } from './watch-settings.js';

/** Certificates that came to the door and were qualified, on their way into the store. */
export interface UsedCertificates {
  note(decision: Decision): void;
  /** Enters what was noted; answers whether there was a new one. Notes of organisations that are not registered fade. */
  write(): Promise<boolean>;
}

const mostWaiting = 1_000;
const mostWritten = 20_000;
/** A registration that is under way enters its organisation meanwhile. */
const fadesAfter = 15_000;

/** Collects, so that no request waits for the store: each certificate is written once by a node. */
export function collectUsedCertificates(settings: WatchSettings): UsedCertificates {
  const waiting = new Map<string, Decision>();
  const written = new Set<string>();
  return {
    note: (decision) => {
      const { use, certificate } = decision.evidence;
      if (decision.qualification.outcome !== 'qualified' || use !== 'website') return;
      if (written.has(certificate.thumbprint) || waiting.size >= mostWaiting) return;
      waiting.set(certificate.thumbprint, decision);
    },
    write: async () => {
      let news = false;
      for (const [thumbprint, decision] of [...waiting]) {
        const outcome = await enter(settings, decision);
        news ||= outcome === 'new';
        if (outcome === 'unknown' && !hasFaded(settings, decision)) continue;
        waiting.delete(thumbprint);
        if (outcome === 'unknown') continue;
        if (written.size >= mostWritten) written.clear();
        written.add(thumbprint);
      }
      return news;
    },
  };
}

/** The first use of a certificate that no registration brought is told: a renewal, or a key in somebody else's hands. */
function enter({ database, channels }: WatchSettings, { id, evidence, qualification }: Decision) {
  if (qualification.outcome !== 'qualified') return Promise.resolve('unknown' as const);
  const { certificate, presented } = evidence;
  const { identifier: organizationIdentifier } = qualification.organization;
  const { thumbprint, der, notAfter } = certificate;
  const at = qualification.at;
  const path = presented.map((other) => Buffer.from(other.der).toString('base64'));
  return database.transaction(async (sql) => {
    const outcome = await insertUsedCertificate(sql, { thumbprint, der, path, organizationIdentifier, at, notAfter });
    if (outcome === 'new') {
      const detail = { thumbprint, use: 'website', notAfter: notAfter.toISOString() };
      await insertAuditEvents(sql, [
        {
          at,
          kind: 'certificate-first-used',
          outcome: 'done',
          organizationIdentifier,
          thumbprint,
          decisionId: id,
          correlationId: id,
          detail,
        },
      ]);
      await insertNotice(sql, { organizationIdentifier, kind: 'certificate-first-used', at, detail }, channels);
    }
    return outcome;
  });
}

function hasFaded({ clock }: WatchSettings, { qualification }: Decision): boolean {
  return clock().getTime() - qualification.at.getTime() > fadesAfter;
}
