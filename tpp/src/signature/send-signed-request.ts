import type { RequestSignature, SigningKey, UnsignedRequest } from '@postern/core/signature/sign-request.js';
import type { Connection } from '../http/connection.js';
import type { HttpAnswer } from '../http/http-answer.js';
import { signRequest } from './sign-request.js';

/** With what a call of the open-banking API is made. */
export interface CallCredentials {
  readonly connection: Connection;
  readonly key: SigningKey;
  readonly accessToken: string;
}

/** A call and its answer. */
export interface SignedCall {
  readonly signature: RequestSignature;
  readonly answer: HttpAnswer;
}

const always = { accept: 'application/json', 'user-agent': 'postern-tpp' };

/** Calls the open-banking API: access token, signature by the QSealC, the QWAC of the connection. Any answer is returned. */
export async function sendSignedRequest(
  request: UnsignedRequest,
  credentials: CallCredentials,
  now: Date,
): Promise<SignedCall> {
  const headers = { ...always, authorization: `Bearer ${credentials.accessToken}`, ...request.headers };
  const signature = signRequest({ ...request, headers }, credentials.key, now);
  const { method, url, body } = request;
  const outgoing = { method, url, headers: signature.headers, ...(body === undefined ? {} : { body }) };
  return { signature, answer: await credentials.connection.send(outgoing) };
}
