import { daysBefore, type RetentionSettings } from './retention-settings.js';
import type { SweepRule } from './sweep-rule.js';

/** No grant lives longer, so that no code of one can be replayed to any effect after that. */
const longestGrantDays = 180;

/** An hour: nobody has signed in, and anybody could have started it. */
const unansweredDays = 1 / 24;

/** Rows that nothing refers to once their time is over; each stays a while for who looks into a complaint. */
export const spentRules: readonly SweepRule[] = [
  rule('notice', 'coalesce(delivered_at, given_up_at, written_at)', ({ noticeDays }) => noticeDays),
  rule('feedback', 'received_at', ({ feedbackDays }) => feedbackDays),
  rule('registration-access-token', 'ended_at', ({ spentDays }) => spentDays),
  rule('registration-request', 'received_at', ({ spentDays }) => spentDays),
  rule('authorization-request', 'expires_at', () => unansweredDays, 'and psu is null'),
  rule('authorization-request', 'expires_at', ({ spentDays }) => spentDays),
  // A used code whose grant lives is the only way to know that it is used again.
  rule(
    'authorization-code',
    'expires_at',
    ({ spentDays }) => spentDays + longestGrantDays,
    `and not exists (select 1 from consent_grant where consent_grant.id = grant_id and consent_grant.ended_at is null
       and consent_grant.expires_at >= $1 + interval '${longestGrantDays} days')`,
  ),
  // The same for a refresh token that was replaced: it ends with its grant, and not before.
  rule('refresh-token', 'expires_at', ({ spentDays }) => spentDays),
  // From then on the row says nothing; a user name that nobody has is such a row too.
  rule('quota', 'whole_at', () => 0),
  // Nobody can have it again after a minute.
  rule('form-answer', 'claimed_at', () => 1),
  rule('operator-session', 'expires_at', ({ spentDays }) => spentDays),
  rule('operator-link', 'expires_at', ({ spentDays }) => spentDays),
  rule('simulated-message', 'sent_at', ({ spentDays }) => spentDays),
];

/** `ended` is an expression that an index serves; locked rows are left for the next time. */
function rule(kind: string, ended: string, days: (retention: RetentionSettings) => number, unless = ''): SweepRule {
  const table = kind.replaceAll('-', '_');
  const text = `delete from ${table} where ctid = any(array(
    select ctid from ${table} where ${ended} < $1 ${unless} order by ${ended} limit $2 for update skip locked)) returning 1`;
  return {
    kind,
    sweep: async (sql, { retention, now, most }) =>
      (await sql.query(text, [daysBefore(now, days(retention)), most])).length,
  };
}
