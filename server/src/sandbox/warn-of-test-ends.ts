import { insertAuditEvents } from '../audit/audit-event.js';
import type { Database } from '../store/database.js';
import { insertApplicantNotice, type NoticeChannel } from '../store/notices.js';
import {
  type EndingTestCertificates,
  readEndingTestCertificates,
  writeTestWarnings,
} from '../store/sandbox-warnings.js';
import { contentFor } from './notice-content.js';

/** So many days before its end a test certificate without a successor is warned of, on the page from the first on. */
export const endWarningDays = [14, 3] as const;

const msPerDay = 86_400_000;

interface TestWarningSettings {
  readonly database: Database;
  readonly channels: readonly NoticeChannel[];
  /** Where an applicant of a brand finds its certificates. */
  readonly pageOf: (brand: string) => string;
}

/**
 * Tells applicants of test certificates that end soon, once for each of the days: one notice for all that come to it together, and
 * of several days missed only the nearest.
 */
export async function warnOfTestEnds(settings: TestWarningSettings, now: Date): Promise<void> {
  const after = (days: number) => new Date(now.getTime() + days * msPerDay);
  let from = 0;
  for (const days of endWarningDays.toReversed()) {
    const window = { after: after(from), until: after(days), days };
    for (const ending of await readEndingTestCertificates(settings.database, window))
      await warn(settings, ending, { days, now });
    from = days;
  }
}

/** No e-mail where nobody has looked at whose address it is. */
const isOfBank = (channel: NoticeChannel) => channel !== 'email';

async function warn(
  { database, channels, pageOf }: TestWarningSettings,
  ending: EndingTestCertificates,
  { days, now }: { days: number; now: Date },
): Promise<void> {
  const { applicantId, brand, notAfter, serialNumbers } = ending;
  await database.transaction(async (sql) => {
    if (!(await writeTestWarnings(sql, { serialNumbers, days, at: now }))) return;
    const detail = {
      certificates: serialNumbers.join(', '),
      notAfter: notAfter.toISOString(),
      days,
      page: pageOf(brand),
    };
    const content = contentFor(ending, detail);
    const notice = { applicantId, kind: 'sandbox-certificate-ends', at: now, content } as const;
    await insertApplicantNotice(sql, notice, ending.unseen ? channels.filter(isOfBank) : channels);
    await insertAuditEvents(sql, [
      {
        at: now,
        kind: 'sandbox-end-warned',
        outcome: 'done',
        brand,
        environment: 'sandbox',
        organizationIdentifier: ending.organizationIdentifier,
        correlationId: applicantId,
        detail: { applicant: applicantId, days, notAfter: notAfter.toISOString() },
      },
    ]);
  });
}
