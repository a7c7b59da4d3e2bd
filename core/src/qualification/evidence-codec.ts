import type { Certificate } from '../certificate/certificate.js';
import { parseCertificate, parseListedCertificate } from '../certificate/parse-certificate.js';
import { Refusal } from '../refusal/refusal.js';
import type { RefusalCode } from '../refusal/refusal-catalog.js';
import type { RegisterCorrection } from '../register/register-correction.js';
import type { ServiceQualification, TrustedListStatus, TrustService } from '../trust/trust-service.js';
import type { Evidence, QualificationPolicy } from './evidence.js';
import { type EvidenceRecord, evidenceRecordSchema } from './evidence-record.js';
import type { Finding } from './finding.js';
import type { Qualification } from './qualification.js';

/** Evidence as it is kept with a decision: everything the rules read, nothing that could be fetched again differently. */
export function encodeEvidence({
  use,
  certificate,
  mappedIdentifier,
  presented,
  path,
  trust,
  revocation,
  register,
}: Evidence): EvidenceRecord {
  return {
    use,
    certificate: encodeBytes(certificate.der),
    ...(mappedIdentifier === undefined ? {} : { mappedIdentifier }),
    presented: presented.map(({ der }) => encodeBytes(der)),
    path:
      'certificates' in path
        ? {
            certificates: path.certificates.map(({ der }) => encodeBytes(der)),
            services: path.services.map(encodeService),
          }
        : { problem: path.problem, detail: path.detail },
    trust: trust.available
      ? { available: true, version: trust.version, lists: trust.lists.map(encodeList) }
      : { available: false, reason: trust.reason },
    revocation: revocation.map(({ source, address, receivedAt, bytes, failure }) => ({
      source,
      address,
      receivedAt: receivedAt.toISOString(),
      ...(bytes === undefined ? { failure } : { bytes: encodeBytes(bytes) }),
    })),
    register: encodeRegister(register),
  };
}

/**
 * Evidence from its record, certificates parsed anew, so that `qualify` gives the findings it gave then.
 * Refuses (REQUEST_MALFORMED, CERTIFICATE_INVALID) a record that does not have its form.
 */
export function decodeEvidence(record: unknown): Evidence {
  const parsed = evidenceRecordSchema.safeParse(record);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Refusal('REQUEST_MALFORMED', 'The record of evidence does not have its form.', { problems });
  }
  const { use, certificate, mappedIdentifier, presented, path, trust, revocation, register } = parsed.data;
  const parse = parserOfOccurrences();
  return {
    use,
    certificate: parse(certificate),
    ...(mappedIdentifier === undefined ? {} : { mappedIdentifier }),
    presented: presented.map((text) => parse(text)),
    path:
      'problem' in path
        ? path
        : {
            certificates: path.certificates.map((text, i) => parse(text, i === path.certificates.length - 1)),
            services: path.services.map(decodeService),
          },
    trust: trust.available ? { ...trust, lists: trust.lists.map(decodeList) } : trust,
    revocation: revocation.map((answer) => {
      const receivedAt = new Date(answer.receivedAt);
      return 'bytes' in answer
        ? { ...answer, receivedAt, bytes: decodeBytes(answer.bytes) }
        : { ...answer, receivedAt };
    }),
    register: decodeRegister(register),
  };
}

/** What was decided, on what, by which policy. */
export interface Decided {
  readonly evidence: Evidence;
  readonly policy: QualificationPolicy;
  readonly qualification: Qualification;
}

/** A decision as it is kept, plain JSON: enough to decide again, and what came out then. */
export interface DecisionRecord {
  readonly evidence: EvidenceRecord;
  readonly policy: QualificationPolicy;
  readonly at: string;
  readonly outcome: Qualification['outcome'];
  readonly code: RefusalCode | null;
  readonly findings: readonly Finding[];
}

/** Writes a decision beside the evidence and the policy that it was made with; `replayDecision` reads it. */
export function encodeDecision({ evidence, policy, qualification }: Decided): DecisionRecord {
  return {
    evidence: encodeEvidence(evidence),
    policy: { ...policy },
    at: qualification.at.toISOString(),
    outcome: qualification.outcome,
    code: qualification.outcome === 'qualified' ? null : qualification.code,
    findings: qualification.findings,
  };
}

/** A certificate that stands in the record several times is parsed once. */
function parserOfOccurrences(): (base64: string, listed?: boolean) => Certificate {
  const known = new Map<string, Certificate>();
  return (base64, listed = false) => {
    const bytes = () => decodeBytes(base64);
    const certificate = known.get(base64) ?? (listed ? parseListedCertificate(bytes()) : parseCertificate(bytes()));
    known.set(base64, certificate);
    return certificate;
  };
}

function encodeService(service: TrustService): ServiceRecord {
  return {
    ...service,
    certificates: service.certificates.map(encodeBytes),
    statuses: service.statuses.map(({ qualifications, ...status }) => ({
      ...status,
      startingAt: status.startingAt.toISOString(),
      uses: [...status.uses],
      ...(qualifications === undefined ? {} : { qualifications: qualifications.map(copyQualification) }),
    })),
  };
}

function decodeService(record: ServiceRecord): TrustService {
  return {
    ...record,
    certificates: record.certificates.map(decodeBytes),
    statuses: record.statuses.map(({ qualifications, ...status }) => ({
      ...status,
      startingAt: new Date(status.startingAt),
      ...(qualifications === undefined ? {} : { qualifications }),
    })),
  };
}

function encodeRegister(register: Evidence['register']): EvidenceRecord['register'] {
  if (!register.available) return { ...register };
  const { version, publishedAt, candidates, corrections } = register;
  return {
    available: true,
    version,
    publishedAt: publishedAt.toISOString(),
    candidates: candidates.map(copyEntity),
    ...(corrections === undefined ? {} : { corrections: corrections.map(encodeCorrection) }),
  };
}

function decodeRegister(register: EvidenceRecord['register']): Evidence['register'] {
  if (!register.available) return register;
  const { corrections, publishedAt, ...answer } = register;
  return {
    ...answer,
    publishedAt: new Date(publishedAt),
    ...(corrections === undefined ? {} : { corrections: corrections.map(decodeCorrection) }),
  };
}

function encodeCorrection({ type, authorisationDates, services, expires, ...entry }: RegisterCorrection) {
  return {
    ...entry,
    names: [...entry.names],
    ...(type === undefined ? {} : { type }),
    ...(authorisationDates === undefined ? {} : { authorisationDates: [...authorisationDates] }),
    ...(services === undefined ? {} : { services: copyServices(services) }),
    ...(expires === undefined ? {} : { expires: expires.toISOString() }),
  };
}

function decodeCorrection({ type, authorisationDates, services, expires, ...entry }: CorrectionRecord) {
  const ends = expires === undefined ? undefined : new Date(expires);
  return { ...entry, type, authorisationDates, services, expires: ends };
}

function copyQualification({ qualifiers, criterion }: ServiceQualification) {
  return { qualifiers: [...qualifiers], criterion };
}

function encodeList({ issuedAt, nextUpdate, acceptedAt, ...list }: TrustedListStatus): ListRecord {
  return {
    ...list,
    issuedAt: issuedAt.toISOString(),
    ...(nextUpdate === undefined ? {} : { nextUpdate: nextUpdate.toISOString() }),
    acceptedAt: acceptedAt.toISOString(),
  };
}

function decodeList(record: ListRecord): TrustedListStatus {
  return {
    ...record,
    issuedAt: new Date(record.issuedAt),
    nextUpdate: record.nextUpdate === undefined ? undefined : new Date(record.nextUpdate),
    acceptedAt: new Date(record.acceptedAt),
  };
}

function copyEntity(entity: Candidate): CandidateRecord {
  return {
    ...entity,
    names: [...entity.names],
    authorisationDates: [...entity.authorisationDates],
    services: copyServices(entity.services),
  };
}

function copyServices(services: Candidate['services']): Record<string, string[]> {
  return Object.fromEntries(Object.entries(services).map(([country, codes]) => [country, [...codes]]));
}

function encodeBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function decodeBytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

type ServiceRecord = Extract<EvidenceRecord['path'], { services: unknown }>['services'][number];
type ListRecord = Extract<EvidenceRecord['trust'], { available: true }>['lists'][number];
type CandidateRecord = Extract<EvidenceRecord['register'], { available: true }>['candidates'][number];
type Candidate = Extract<Evidence['register'], { available: true }>['candidates'][number];
type CorrectionRecord = NonNullable<Extract<EvidenceRecord['register'], { available: true }>['corrections']>[number];
