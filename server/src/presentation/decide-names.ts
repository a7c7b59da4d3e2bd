import { insertAuditEvents } from '../audit/audit-event.js';
import type { Database } from '../store/database.js';
import { decideNameReview, type ListedReview, listNameReviews } from '../store/name-reviews.js';
import { insertNotice, type NoticeChannel } from '../store/notices.js';

export interface NameDecision {
  readonly reviewId: string;
  readonly state: 'released' | 'refused';
  /** Who decides, where that is known: the subject tells people apart, the name is for people. */
  readonly by?: { readonly subject: string; readonly name: string };
  /** Digest of the form that decided, where one did. */
  readonly form?: string | undefined;
  /** Told to the third party. */
  readonly reason: string | undefined;
  readonly at: Date;
  readonly correlationId: string;
}

/**
 * Writes what an operator decided on the names of one review: decision, audit event and the notice to the third party in one
 * transaction. Undefined when there is no such review of a living client any more, or it was decided so before.
 */
export function decideNames(
  database: Database,
  decision: NameDecision,
  channels: readonly NoticeChannel[],
): Promise<ListedReview | undefined> {
  const { reviewId, state, reason, at, by, form, correlationId } = decision;
  return database.transaction(async (sql) => {
    const [review] = await listNameReviews(sql, { reviewId });
    if (review === undefined || !(await decideNameReview(sql, { reviewId, state, at }))) return undefined;
    const { clientId, brand, environment, organizationIdentifier, names } = review;
    const told = reason === undefined ? {} : { reason };
    const kind = state === 'released' ? 'name-released' : 'name-refused';
    await insertAuditEvents(sql, [
      {
        at,
        kind,
        outcome: 'done',
        brand,
        environment,
        organizationIdentifier,
        clientId,
        correlationId,
        detail: {
          review: reviewId,
          names: Object.values(names),
          ...(by === undefined ? {} : { by: by.subject, name: by.name }),
          ...told,
          ...(form === undefined ? {} : { form }),
        },
      },
    ]);
    await insertNotice(sql, { clientId, kind, at, detail: { review: reviewId, ...told } }, channels);
    return { ...review, state };
  });
}
