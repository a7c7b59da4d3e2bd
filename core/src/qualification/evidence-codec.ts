import type { z } from 'zod';
import type { Certificate } from '../certificate/certificate.js';
import { parseCertificate, parseListedCertificate } from '../certificate/parse-certificate.js';
import { Refusal } from '../refusal/refusal.js';
import type { RefusalCode } from '../refusal/refusal-catalog.js';
import type { RegisterCorrection } from '../register/register-correction.js';
import type { ServiceQualification, TrustedListStatus, TrustService } from '../trust/trust-service.js';
import type { Evidence, QualificationPolicy } from './evidence.js';
import { type EvidenceParts, type PartReader, type PartWriter, readParts, writeInline } from './evidence-parts.js';
import {
  type EvidenceRecord,
  evidenceRecordSchema,
  registerEntitySchema,
  trustServiceSchema,
} from './evidence-record.js';
import type { Finding } from './finding.js';
import type { Qualification } from './qualification.js';

/**
 * Evidence as it is kept with a decision: everything the rules read, nothing that could be fetched again differently.
 * The writer says what stands in the record itself; everything, when it is left out.
 */
export function encodeEvidence(evidence: Evidence, write: PartWriter = writeInline): EvidenceRecord {
  const { use, certificate, mappedIdentifier, presented, path, trust, revocation, register } = evidence;
  return {
    use,
    certificate: write.bytes(certificate.der),
    ...(mappedIdentifier === undefined ? {} : { mappedIdentifier }),
    presented: presented.map(({ der }) => write.bytes(der)),
    path:
      'certificates' in path
        ? {
            certificates: path.certificates.map(({ der }) => write.bytes(der)),
            services: path.services.map((service) => write.json(encodeService(service, write))),
          }
        : { problem: path.problem, detail: path.detail },
    trust: trust.available
      ? { available: true, version: trust.version, lists: trust.lists.map(encodeList) }
      : { available: false, reason: trust.reason },
    revocation: revocation.map(({ source, address, receivedAt, bytes, failure }) => ({
      source,
      address,
      receivedAt: receivedAt.toISOString(),
      ...(bytes === undefined ? { failure } : { bytes: write.bytes(bytes) }),
    })),
    register: encodeRegister(register, write),
  };
}

/**
 * Evidence from its record and the parts that it names, certificates parsed anew, so that `qualify` gives the findings it gave
 * then. Refuses (REQUEST_MALFORMED, CERTIFICATE_INVALID) a record that does not have its form, and missing or altered parts.
 */
export function decodeEvidence(record: unknown, parts: EvidenceParts = new Map()): Evidence {
  const { use, certificate, mappedIdentifier, presented, path, trust, revocation, register } = parseForm(
    evidenceRecordSchema,
    record,
  );
  const read = readParts(parts);
  const parse = parserOfOccurrences(read);
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
            services: path.services.map((service) => decodeService(service, read)),
          },
    trust: trust.available ? { ...trust, lists: trust.lists.map(decodeList) } : trust,
    revocation: revocation.map((answer) => {
      const receivedAt = new Date(answer.receivedAt);
      return 'bytes' in answer ? { ...answer, receivedAt, bytes: read.bytes(answer.bytes) } : { ...answer, receivedAt };
    }),
    register: decodeRegister(register, read),
  };
}

function parseForm<Schema extends z.ZodType>(schema: Schema, record: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(record);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Refusal('REQUEST_MALFORMED', 'The record of evidence does not have its form.', { problems });
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
export function encodeDecision(decided: Decided, write: PartWriter = writeInline): DecisionRecord {
  const { evidence, policy, qualification } = decided;
  return {
    evidence: encodeEvidence(evidence, write),
    policy: { ...policy },
    at: qualification.at.toISOString(),
    outcome: qualification.outcome,
    code: qualification.outcome === 'qualified' ? null : qualification.code,
    findings: qualification.findings,
  };
}

/** A certificate that stands in the record several times is parsed once. */
function parserOfOccurrences(read: PartReader): (text: string, listed?: boolean) => Certificate {
  const known = new Map<string, Certificate>();
  return (text, listed = false) => {
    const bytes = () => read.bytes(text);
    const certificate = known.get(text) ?? (listed ? parseListedCertificate(bytes()) : parseCertificate(bytes()));
    known.set(text, certificate);
    return certificate;
  };
}

function encodeService(service: TrustService, write: PartWriter): ServiceRecord {
  return {
    ...service,
    certificates: service.certificates.map(write.bytes),
    statuses: service.statuses.map(({ qualifications, ...status }) => ({
      ...status,
      startingAt: status.startingAt.toISOString(),
      uses: [...status.uses],
      ...(qualifications === undefined ? {} : { qualifications: qualifications.map(copyQualification) }),
    })),
  };
}

function decodeService(part: ServiceRecord | string, read: PartReader): TrustService {
  const record = parseForm(trustServiceSchema, read.json(part));
  return {
    ...record,
    certificates: record.certificates.map(read.bytes),
    statuses: record.statuses.map(({ qualifications, ...status }) => ({
      ...status,
      startingAt: new Date(status.startingAt),
      ...(qualifications === undefined ? {} : { qualifications }),
    })),
  };
}

function encodeRegister(register: Evidence['register'], write: PartWriter): EvidenceRecord['register'] {
  if (!register.available) return { ...register };
  const { version, publishedAt, candidates, corrections } = register;
  return {
    available: true,
    version,
    publishedAt: publishedAt.toISOString(),
    candidates: candidates.map((entity) => write.json(copyEntity(entity))),
    ...(corrections === undefined ? {} : { corrections: corrections.map(encodeCorrection) }),
  };
}

function decodeRegister(register: EvidenceRecord['register'], read: PartReader): Evidence['register'] {
  if (!register.available) return register;
  const { candidates, corrections, publishedAt, ...answer } = register;
  return {
    ...answer,
    candidates: candidates.map((part) => parseForm(registerEntitySchema, read.json(part))),
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

type ServiceRecord = z.infer<typeof trustServiceSchema>;
type ListRecord = Extract<EvidenceRecord['trust'], { available: true }>['lists'][number];
type CandidateRecord = z.infer<typeof registerEntitySchema>;
type Candidate = Extract<Evidence['register'], { available: true }>['candidates'][number];
type CorrectionRecord = NonNullable<Extract<EvidenceRecord['register'], { available: true }>['corrections']>[number];
