import { parseDer } from '../asn1/der-reader.js';
import { tag } from '../asn1/der-tag.js';
import type { Extension } from '../certificate/certificate.js';
import { Refusal } from '../refusal/refusal.js';
import { isIdOf } from './certificate-id.js';
import { judgeOcspResponder } from './judge-ocsp-responder.js';
import { judgeUpdateTimes } from './judge-update-times.js';
import { ocspOid } from './ocsp-oid.js';
import { type OcspResponse, parseOcspResponse, type SingleResponse } from './parse-ocsp-response.js';
import { type RevocationStatus, type StatusSubject, type StatusTimes, unusable } from './revocation-status.js';

/** What an OCSP response proves about a certificate now (RFC 6960 clause 3.2); never throws, and anything doubtful is unusable. */
export function judgeOcspResponse(bytes: Uint8Array, subject: StatusSubject, times: StatusTimes): RevocationStatus {
  try {
    return judge(parseOcspResponse(bytes), subject, times);
  } catch (error) {
    if (error instanceof Refusal) return unusable(`the OCSP response cannot be read: ${error.message}`);
    throw error;
  }
}

function judge(response: OcspResponse, subject: StatusSubject, times: StatusTimes): RevocationStatus {
  const matching = response.responses.filter(({ id }) => isIdOf(id, subject));
  const [single] = matching;
  if (single === undefined || matching.length > 1) {
    return unusable(`the OCSP response names the certificate ${matching.length} times; it must once`);
  }
  const problem =
    judgeOcspResponder(response, subject.issuer, times) ??
    judgeExtensions(response, single) ??
    judgeNonce(response, subject.nonce) ??
    judgeUpdateTimes(single.thisUpdate, single.nextUpdate, times) ??
    judgeProduction(response.producedAt, times);
  return problem === undefined ? statusOf(single) : unusable(`the OCSP response does not count: ${problem}`);
}

function judgeExtensions(response: OcspResponse, single: SingleResponse): string | undefined {
  const unknown = [...response.extensions, ...single.extensions].find(
    ({ oid, critical }) => critical && oid !== ocspOid.nonce,
  );
  return unknown === undefined ? undefined : `the critical extension ${unknown.oid} is not understood`;
}

/** A responder may leave the nonce out; one that answers another nonce replays another answer (RFC 9654). */
function judgeNonce({ extensions }: OcspResponse, sent: Uint8Array | undefined): string | undefined {
  const echoed: Extension | undefined = extensions.find(({ oid }) => oid === ocspOid.nonce);
  if (echoed === undefined || sent === undefined) return undefined;
  const nonce = parseDer(echoed.value, 'nonce', tag.octetString).content;
  return Buffer.compare(nonce, sent) === 0 ? undefined : 'its nonce is not the one sent';
}

function judgeProduction(producedAt: Date, { now, clockSkewSeconds }: StatusTimes): string | undefined {
  const latest = now.getTime() + clockSkewSeconds * 1000;
  return producedAt.getTime() > latest ? `its producedAt ${producedAt.toISOString()} is in the future` : undefined;
}

function statusOf({ status, thisUpdate, nextUpdate, revokedAt, reason }: SingleResponse): RevocationStatus {
  const details = {
    good: 'the OCSP responder says good',
    unknown: 'the OCSP responder does not know the certificate',
    revoked: `the OCSP responder says revoked at ${revokedAt?.toISOString()}, reason ${reason ?? 'not given'}`,
  };
  return {
    status,
    detail: details[status],
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
    ...(reason === undefined ? {} : { reason }),
  };
}
