import { Refusal } from '@postern/core/refusal/refusal.js';
import { suspended } from '../require-active.js';
import type { Sql } from '../store/database.js';
import { lockOrganization, readOrganizationRoom } from '../store/organization-room.js';
import type { RegistrationAttempt } from './registration-attempt.js';

/**
 * Throws Refusal unless the organisation may have one more registration: CLIENT_SUSPENDED while the bank has one of its registrations
 * in the environment suspended, REGISTRATION_QUOTA_REACHED.
 */
export async function requireRoom(attempt: RegistrationAttempt): Promise<void> {
  const most = mostOf(attempt);
  const { clients } = await requireNoneSuspended(attempt.dependencies.database, attempt, most);
  if (clients >= most) throw full(most);
}

/**
 * The same of a registration that has just been written, at the end of its transaction: those of one organisation pass here one after
 * the other, so that many at once do not pass the limit together. Nothing is locked after this.
 */
export async function confirmRoom(sql: Sql, attempt: RegistrationAttempt): Promise<void> {
  const most = mostOf(attempt);
  await lockOrganization(sql, attempt.scope.organizationIdentifier);
  const { clients } = await requireNoneSuspended(sql, attempt, most + 1);
  if (clients > most) throw full(most);
}

async function requireNoneSuspended(sql: Sql, { scope }: RegistrationAttempt, most: number) {
  const room = await readOrganizationRoom(sql, scope, most);
  if (room.suspension !== undefined) throw suspended(room.suspension);
  return room;
}

function mostOf({ dependencies }: RegistrationAttempt): number {
  return dependencies.policy.clientsPerOrganization;
}

function full(most: number): Refusal {
  return new Refusal(
    'REGISTRATION_QUOTA_REACHED',
    `This organisation has ${most} registrations here, and may have no more.`,
    { retryAfterSeconds: 3_600 },
  );
}
