import type { CertificateIdHash } from '@postern/core/revocation/certificate-id.js';
import { encodeOcspRequest } from '@postern/core/revocation/encode-ocsp-request.js';
import { judgeCrl } from '@postern/core/revocation/judge-crl.js';
import { judgeOcspResponse } from '@postern/core/revocation/judge-ocsp-response.js';
import type { RevocationAnswer } from '@postern/core/revocation/revocation-answer.js';
import type { RevocationStatus, StatusSubject, StatusTimes } from '@postern/core/revocation/revocation-status.js';
import type { FetchAnswer, GuardedFetch } from '../fetch/guarded-fetch.js';
import type { CrlFloor } from './answer-floor.js';
import type { FetchCrl } from './crl-cache.js';

/** What the sources of one certificate said, and the status that follows, if one does. */
export interface AskedStatus {
  readonly decided: DecidedStatus | undefined;
  /** Every other answer and failure, in the order asked. */
  readonly others: readonly RevocationAnswer[];
}

/** A status of good or revoked that counts, and the answer that proves it. */
export interface DecidedStatus {
  readonly status: RevocationStatus;
  readonly answer: RevocationAnswer;
}

export interface AskOptions {
  readonly fetch: GuardedFetch;
  readonly fetchCrl: FetchCrl;
  readonly crlFloor: CrlFloor;
  /** Answers are judged by the time at which they came: a responder may have made them while we waited. */
  readonly clock: () => Date;
  readonly limits: Omit<StatusTimes, 'now'>;
  /** For all sources of the certificate together. */
  readonly budgetMs: number;
}

/** Real certificates name three at most. */
const maxAddresses = 4;
const maxOcspBytes = 64 * 1024;
const ocspTimeoutMs = 3_000;

/** SHA-256 names the issuer; responders of the lightweight profile (RFC 5019) know it by SHA-1 only. */
const certificateIdHashes: readonly CertificateIdHash[] = ['sha256', 'sha1'];

/**
 * Asks the OCSP responders of a certificate, then its CRLs, until one of them says good or revoked in a way that counts
 * (RFC 6960, RFC 5280 clause 6.3). The addresses stand in the certificate: only ask for one whose path has verified.
 */
export async function askRevocationSources(subject: StatusSubject, options: AskOptions): Promise<AskedStatus> {
  const others: RevocationAnswer[] = [];
  const deadline = performance.now() + options.budgetMs;
  let silent = false;
  for (const question of questionsAbout(subject)) {
    const timeoutMs = Math.min(question.timeoutMs, Math.round(deadline - performance.now()));
    if (timeoutMs <= 0) break;
    if (question.repeats && silent) continue;
    const fetched = await question.ask(options, timeoutMs);
    silent = fetched.status === undefined;
    const now = options.clock();
    const answer = answerOf(question, fetched, now);
    const times = { ...options.limits, now };
    const status = answer.bytes === undefined ? undefined : question.judge(answer.bytes, subject, times);
    const failure = status && options.crlFloor.refuse({ subject, address: question.address }, status);
    if (failure !== undefined) others.push(failedAnswer(question, failure, now));
    else if (status?.status === 'good' || status?.status === 'revoked') return { decided: { status, answer }, others };
    else others.push(answer);
  }
  return { decided: undefined, others };
}

interface Question {
  readonly source: 'ocsp' | 'crl';
  readonly address: string;
  readonly timeoutMs: number;
  /** Whether it is the question before it in other words: of no use when the source was silent. */
  readonly repeats: boolean;
  readonly ask: (options: AskOptions, timeoutMs: number) => Promise<FetchAnswer>;
  readonly judge: (bytes: Uint8Array, subject: StatusSubject, times: StatusTimes) => RevocationStatus;
}

function questionsAbout(subject: StatusSubject): readonly Question[] {
  const { ocspAddresses, crlAddresses } = subject.certificate;
  return [
    ...chooseAddresses(ocspAddresses).flatMap((address) =>
      certificateIdHashes.map((hash, at) => askOcsp(address, encodeOcspRequest(subject, hash), at > 0)),
    ),
    ...chooseAddresses(crlAddresses).map(askCrl),
  ];
}

/** Those that can be asked, or else the first ones, whose failures then say why none can be: beside HTTP stands LDAP in many certificates. */
function chooseAddresses(addresses: readonly string[]): readonly string[] {
  const askable = addresses.filter((address) => /^https?:/i.test(address));
  return (askable.length > 0 ? askable : addresses).slice(0, maxAddresses);
}

function askOcsp(address: string, body: Uint8Array, repeats: boolean): Question {
  const headers = { 'content-type': 'application/ocsp-request' };
  const request = {
    method: 'POST',
    body,
    headers,
    accept: 'application/ocsp-response',
    maxBytes: maxOcspBytes,
    plainHttp: true,
  } as const;
  return {
    source: 'ocsp',
    address,
    timeoutMs: ocspTimeoutMs,
    repeats,
    ask: ({ fetch }, timeoutMs) => fetch(address, { ...request, timeoutMs }),
    judge: judgeOcspResponse,
  };
}

function askCrl(address: string): Question {
  return {
    source: 'crl',
    address,
    timeoutMs: Number.POSITIVE_INFINITY,
    repeats: false,
    ask: ({ fetchCrl, clock }, timeoutMs) => fetchCrl(address, { timeoutMs, now: clock() }),
    judge: judgeCrl,
  };
}

function answerOf({ source, address }: Question, fetched: FetchAnswer, receivedAt: Date): RevocationAnswer {
  if (fetched.failure !== undefined) return failedAnswer({ source, address }, fetched.failure, receivedAt);
  return { source, address, receivedAt, bytes: fetched.bytes };
}

function failedAnswer(
  { source, address }: Pick<Question, 'source' | 'address'>,
  failure: string,
  receivedAt: Date,
): RevocationAnswer {
  return { source, address, receivedAt, failure };
}
