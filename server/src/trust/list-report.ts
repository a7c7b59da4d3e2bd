import type { AcceptedList } from './watched-list.js';

/** How a list does, for health and alarm. */
export interface ListReport {
  readonly territory: string;
  /**
   * `stale`: in force, but past its NextUpdate, not renewable at the moment, or something about it wants a look;
   * `quarantined`: in force, and a newer one waits for an operator; `failed`: not in force.
   */
  readonly state: 'ok' | 'stale' | 'quarantined' | 'failed';
  readonly reason: string | undefined;
  /** `red`: not in force, or soon not any more; `amber`: wants a look; `none`: nothing, or a source that is out for less than a day. */
  readonly urgency: 'none' | 'amber' | 'red';
  readonly sequence: number | undefined;
  readonly issuedAt: Date | undefined;
  /** Undefined also for a closed list. */
  readonly nextUpdate: Date | undefined;
  /** When the source last gave a good answer. */
  readonly checkedAt: Date | undefined;
  /** CA/QC services by their status now. */
  readonly services: { readonly granted: number; readonly withdrawn: number };
  /** Entries that cannot be read and are left out. */
  readonly skipped: readonly string[];
}

/** What a report is made from. */
export interface ReportedList {
  readonly territory: string;
  readonly accepted: AcceptedList | undefined;
  readonly failure: string | undefined;
  /** Whether the failure is that the source gives no answer. */
  readonly outage: boolean;
  readonly quarantine: string | undefined;
  readonly checkedAt: Date | undefined;
  readonly now: Date;
}

/** Says how a list does at a time; the first trouble in order of weight is the reason. */
export function reportOnList(list: ReportedList): ListReport {
  const { territory, accepted, checkedAt } = list;
  const reason = list.quarantine ?? list.failure ?? troubleOf(list);
  return {
    territory,
    state: stateOf(list, reason),
    reason,
    urgency: urgencyOf(list, reason),
    sequence: accepted?.list.sequence,
    issuedAt: accepted?.status.issuedAt,
    nextUpdate: accepted?.status.nextUpdate,
    checkedAt,
    services: countServices(accepted),
    skipped: accepted?.list.skipped ?? [],
  };
}

function stateOf({ accepted, quarantine }: ReportedList, reason: string | undefined): ListReport['state'] {
  if (accepted === undefined) return 'failed';
  if (quarantine !== undefined) return 'quarantined';
  return reason === undefined ? 'ok' : 'stale';
}

const dayMs = 86_400_000;
/** An outage of a source is nothing for a day. */
const quietMs = dayMs;
/** Somebody has this long to bring a list by file before it ends. */
const redBeforeEndMs = 3 * dayMs;

function urgencyOf(list: ReportedList, reason: string | undefined): ListReport['urgency'] {
  const { accepted, failure, outage, checkedAt, now } = list;
  if (accepted === undefined) return 'red';
  if (reason === undefined) return 'none';
  const { nextUpdate, acceptedAt } = accepted.status;
  const left = nextUpdate === undefined ? Number.POSITIVE_INFINITY : nextUpdate.getTime() - now.getTime();
  if (left < 0 || (failure !== undefined && left < redBeforeEndMs)) return 'red';
  const quiet =
    outage && list.quarantine === undefined && now.getTime() - (checkedAt ?? acceptedAt).getTime() < quietMs;
  return quiet ? 'none' : 'amber';
}

function troubleOf({ accepted, now }: ReportedList): string | undefined {
  if (accepted === undefined) return undefined;
  const { nextUpdate, issuedAt } = accepted.status;
  if (issuedAt > now)
    return `it says that it was issued on ${issuedAt.toISOString()}, ahead of the clock of this machine: one of them is wrong`;
  if (nextUpdate !== undefined && nextUpdate < now) return `its next update was due on ${nextUpdate.toISOString()}`;
  return accepted.alarm;
}

function countServices(accepted: AcceptedList | undefined): ListReport['services'] {
  const services = accepted?.list.services ?? [];
  const granted = services.filter(({ statuses }) => statuses[0]?.status.endsWith('/granted')).length;
  return { granted, withdrawn: services.length - granted };
}
