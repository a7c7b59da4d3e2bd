import { isJsonObject, type JsonObject, readText } from '../http/http-answer.js';
import type { PendingAuthorization } from '../oauth/authorization-request.js';
import { readIfPresent } from './profile-file.js';
import { UsageFault } from './usage-fault.js';
import { writeFileWhole } from './write-file-whole.js';

/** The secrets between two commands: an authorization under way, the tokens. Kept beside the profile, for its owner only. */
export interface Session {
  readonly pending?: PendingAuthorization;
  readonly accessToken?: string;
  readonly refreshToken?: string;
}

/** The session file of a profile: tpp.json has tpp.session.json. */
export function sessionFileOf(profileFile: string): string {
  return `${profileFile.replace(/\.json$/, '')}.session.json`;
}

/** Reads a session; one that does not exist is empty. */
export async function readSession(file: string): Promise<Session> {
  const text = await readIfPresent(file);
  if (text === undefined) return {};
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value))
    throw new UsageFault(`${file} is not a JSON object: remove it and start again with tpp authorize`);
  const pending = readPending(value['pending']);
  const [accessToken, refreshToken] = [readText(value, 'accessToken'), readText(value, 'refreshToken')];
  return {
    ...(pending === undefined ? {} : { pending }),
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

export async function writeSession(file: string, session: Session): Promise<void> {
  await writeFileWhole(file, `${JSON.stringify(session, undefined, 2)}\n`);
}

function readPending(value: unknown): PendingAuthorization | undefined {
  if (!isJsonObject(value)) return undefined;
  const member = (name: keyof PendingAuthorization) => readText(value as JsonObject, name);
  const [issuer, redirectUri, state, codeVerifier] = [
    member('issuer'),
    member('redirectUri'),
    member('state'),
    member('codeVerifier'),
  ];
  if (issuer === undefined || redirectUri === undefined || state === undefined || codeVerifier === undefined)
    return undefined;
  return { issuer, redirectUri, state, codeVerifier };
}
