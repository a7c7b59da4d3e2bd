import { insertAuditEvents } from '../audit/audit-event.js';
import { insertNotice } from '../store/notices.js';
import { readEndingCertificates, writeWarnings } from '../store/organization-standing-warnings.js';
import type { WatchSettings } from './watch-settings.js';

const msPerDay = 86_400_000;

/** Tells third parties of certificates that end soon, once for each of the days configured; only the nearest one is told. */
export async function warnOfEnds(settings: WatchSettings): Promise<void> {
  const { database, clock, warningDays, channels } = settings;
  const now = clock();
  const horizon = new Date(now.getTime() + Math.max(0, ...warningDays) * msPerDay);
  for (const ending of await readEndingCertificates(database, now, horizon)) {
    const { thumbprint, organizationIdentifier, notAfter, use } = ending;
    const left = (notAfter.getTime() - now.getTime()) / msPerDay;
    const reached = warningDays.filter((days) => left <= days);
    const nearest = Math.min(...reached);
    await database.transaction(async (sql) => {
      const written = await writeWarnings(sql, { thumbprint, days: reached, at: now });
      if (!written.includes(nearest)) return;
      const detail = { thumbprint, use, notAfter: notAfter.toISOString(), days: nearest };
      const seal = use === 'seal' ? { seal: thumbprint } : {};
      await insertNotice(sql, { organizationIdentifier, kind: 'certificate-ends', at: now, detail, ...seal }, channels);
      await insertAuditEvents(sql, [
        {
          at: now,
          kind: 'certificate-end-warned',
          outcome: 'done',
          organizationIdentifier,
          thumbprint,
          correlationId: thumbprint,
          detail: { use, days: nearest, notAfter: notAfter.toISOString() },
        },
      ]);
    });
  }
}
