import { renderCrl } from '@postern/core/issuance/render-crl.js';
import { isFromIssuer, renderOcspError, renderOcspResponse } from '@postern/core/issuance/render-ocsp-response.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { type CertificateId, parseOcspRequest } from '@postern/core/revocation/parse-ocsp-request.js';
import { createRecentMap } from '../recent-map.js';
import type { SandboxCertificate } from '../store/sandbox.js';
import type { SandboxAuthority, SandboxIssuer } from './open-authority.js';
import type { SandboxState } from './sandbox-state.js';

/** What the authority of a sandbox says of its certificates, signed and kept until it ends or the status changes. */
export interface StatusAnswers {
  /** An OCSPResponse to an OCSPRequest, whatever the octets are. */
  ocsp(request: Uint8Array, now: Date): Uint8Array;
  /** The CRL of an issuing CA by its number; undefined when there is none. */
  crl(issuer: number, now: Date): Uint8Array | undefined;
}

/** What is known of the certificates. */
export type StatusSource = Pick<SandboxState, 'certificate' | 'revokedBy' | 'version'>;

const hour = 3_600_000;
const mostKept = 10_000;
/** Octets of a request that is remembered: one certificate and a nonce are about 150. */
const longestQuestion = 512;

interface Kept {
  readonly octets: Uint8Array;
  readonly status: string;
  readonly until: number;
}

interface Question {
  readonly id: CertificateId;
  readonly issuer: SandboxIssuer;
  /** Those among which the issuer was found. */
  readonly issuers: readonly SandboxIssuer[];
  readonly key: string;
}

/** Makes the answers. One certificate is asked about at a time and nonces are not sent back, as RFC 5019 allows: so answers are signed once. */
export function createStatusAnswers(authority: () => SandboxAuthority, state: StatusSource): StatusAnswers {
  const kept = createRecentMap<Kept>(mostKept);
  const questions = createRecentMap<Question>(mostKept);

  function keep(key: string, status: string, { now, sign }: { now: Date; sign: (times: Times) => Uint8Array }) {
    const known = kept.get(key);
    if (known !== undefined && known.status === status && now.getTime() < known.until) return known.octets;
    const octets = sign(timesFrom(now));
    kept.set(key, { octets, status, until: now.getTime() + hour / 2 });
    return octets;
  }

  /** Whoever asks again asks in the same octets: whose certificate it is about is found once. */
  function read(octets: Uint8Array): Question | undefined {
    const text = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1');
    const { issuers } = authority();
    const known = questions.get(text);
    if (known?.issuers === issuers) return known;
    const [id, ...others] = parseOcspRequest(octets).certificates;
    if (id === undefined || others.length > 0)
      throw new Refusal('REQUEST_MALFORMED', 'The OCSP request asks about more or less than one certificate.');
    const issuer = issuers.find((each) => isFromIssuer(id, nameAndKey(each)));
    // RFC 5019 section 2.2.3: of what is not ours nothing is signed, or kept.
    if (issuer === undefined || certificateOf(state, issuer, id.serialNumber) === undefined) return undefined;
    const question = {
      id,
      issuer,
      issuers,
      key: `ocsp ${issuer.number} ${Buffer.from(id.encoded).toString('base64')}`,
    };
    if (octets.length <= longestQuestion) questions.set(text, question);
    return question;
  }

  function answer(octets: Uint8Array, now: Date): Uint8Array {
    const question = read(octets);
    const found = question && certificateOf(state, question.issuer, question.id.serialNumber);
    if (question === undefined || found === undefined) return renderOcspError('unauthorized');
    const { id, issuer, key } = question;
    const sign = (times: Times) => {
      const responder = { ...issuer.responder, certificate: issuer.responder.certificate.der };
      const source = { issuer: nameAndKey(issuer), responder, statusOf: () => statusOf(found, now) };
      return renderOcspResponse({ certificates: [id], nonce: undefined }, source, times);
    };
    return keep(key, `${found.state} ${found.revokedAt?.getTime()} ${isRevoked(found, now)}`, { now, sign });
  }

  return {
    ocsp: (octets, now) => {
      try {
        return answer(octets, now);
      } catch (cause) {
        if (cause instanceof Refusal) return renderOcspError('malformedRequest');
        throw cause;
      }
    },
    crl: (number, now) => {
      const issuer = authority().issuers.find((each) => each.number === number);
      if (issuer === undefined) return undefined;
      const sign = (times: Times) =>
        renderCrl(revokedOf(state, issuer, now), { ...issuer.credential, ...nameAndKey(issuer) }, times);
      const listed = revokedOf(state, issuer, now).length;
      return keep(`crl ${number}`, `${state.version()} ${listed}`, { now, sign });
    },
  };
}

interface Times {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

/** Whole seconds, as the answers carry them. */
function timesFrom(now: Date): Times {
  const thisUpdate = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  return { thisUpdate, nextUpdate: new Date(thisUpdate.getTime() + hour) };
}

function nameAndKey({ credential }: SandboxIssuer) {
  return { name: credential.certificate.subject.der, publicKey: credential.publicKey };
}

function certificateOf(state: StatusSource, { credential }: SandboxIssuer, serial: string) {
  const found = state.certificate(serial);
  return found?.issuer === credential.certificate.thumbprint ? found : undefined;
}

/** An answer counts for an hour, so that what is to be revoked within the hour is revoked already. */
function isRevoked({ state, revokedAt }: SandboxCertificate, now: Date): boolean {
  return state !== 'good' && revokedAt !== undefined && revokedAt.getTime() <= now.getTime() + hour;
}

function statusOf(certificate: SandboxCertificate, now: Date) {
  return isRevoked(certificate, now) ? revocationOf(certificate, now) : 'good';
}

function revokedOf(state: StatusSource, { credential }: SandboxIssuer, now: Date) {
  return state
    .revokedBy(credential.certificate.thumbprint)
    .filter((certificate) => isRevoked(certificate, now))
    .map((certificate) => ({ serialNumber: certificate.serialNumber, ...revocationOf(certificate, now) }));
}

function revocationOf({ revokedAt = new Date(0), reason = 0 }: SandboxCertificate, now: Date) {
  return { revokedAt: revokedAt < now ? revokedAt : now, reason };
}
