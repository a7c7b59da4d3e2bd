import type { Problem } from './problem.js';

/** The registration that an update is sent to, as its answers name it. */
export interface CurrentRegistration {
  readonly clientId: string;
  readonly clientUri: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Whether a text is a registration access token of it that lives. */
  readonly isToken: (text: string) => boolean;
}

/**
 * What is wrong with the members of an update that identify the registration itself (RFC 7592 section 2.2): `client_id` must
 * be there and right. The others must not be there with a value of the sender's own; one that repeats our answer says nothing new.
 */
export function findRegistrationMemberProblems(
  sent: Readonly<Record<string, unknown>>,
  current: CurrentRegistration,
): readonly Problem[] {
  const own: Readonly<Record<string, boolean>> = {
    registration_client_uri: sent['registration_client_uri'] === current.clientUri,
    client_id_issued_at: sent['client_id_issued_at'] === current.issuedAt,
    registration_access_token: isOwnToken(sent['registration_access_token'], current),
    client_secret_expires_at: false,
  };
  const foreign = Object.entries(own).filter(([member, isOwn]) => isSent(sent[member]) && !isOwn);
  return [
    ...(sent['client_id'] === current.clientId
      ? []
      : [{ member: 'client_id', text: 'client_id must be given, and be that of the registration that is updated.' }]),
    ...foreign.map(([member]) => ({
      member,
      text: `${member} must not be given with a value of your own: the bank assigns it, or there is none.`,
    })),
  ];
}

function isOwnToken(value: unknown, { isToken }: CurrentRegistration): boolean {
  return typeof value === 'string' && isToken(value);
}

function isSent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
