-- A server whose role may only add to the audit has these ways, and no other, to let go of what is past its time: never what is younger
-- than 396 days, the 13 months of disputes, whatever it is asked; and never evidence that a decision needs.
-- Their tables are settled here (begin atomic), whatever the caller's own would be called.
create function expire_audit_events(before timestamptz, most integer) returns bigint
language sql security definer begin atomic
  with expired as (
    delete from audit_event where id = any(array(
      select id from audit_event where at < least(before, now() - interval '396 days')
      order by at limit most for update skip locked)) returning 1)
  select count(*) from expired; end;

create function expire_decisions(before timestamptz, most integer) returns bigint
language sql security definer begin atomic
  with expired as (
    delete from decision where id = any(array(
      select id from decision where at < least(before, now() - interval '396 days')
        and not exists (select 1 from audit_event where audit_event.decision_id = decision.id)
        and not exists (select 1 from organization_standing where organization_standing.decision_id = decision.id)
        and not exists (select 1 from certificate_standing where certificate_standing.decision_id = decision.id)
      order by at limit most for update skip locked)) returning 1)
  select count(*) from expired; end;

create function drop_idle_evidence(digests text[]) returns bigint
language sql security definer begin atomic
  with dropped as (
    delete from evidence where sha256 = any(digests)
      and not exists (select 1 from decision_evidence where decision_evidence.sha256 = evidence.sha256) returning 1)
  select count(*) from dropped; end;

revoke execute on function expire_audit_events(timestamptz, integer) from public;
revoke execute on function expire_decisions(timestamptz, integer) from public;
revoke execute on function drop_idle_evidence(text[]) from public;
