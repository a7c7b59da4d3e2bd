import { createChangeListeners } from '../fetch/change-listeners.js';
import type { Sql } from '../store/database.js';
import {
  readSandboxVersion,
  readStandingApplicants,
  readStandingCertificates,
  type SandboxApplicant,
  type SandboxCertificate,
} from '../store/sandbox.js';

/** Organisations and certificates of all sandboxes as this node read them last; a judgement asks no store. */
export interface SandboxState {
  /** Goes up with every change, on all nodes alike. */
  version(): number;
  readAt(): Date;
  /** An organisation that was agreed to. */
  applicant(organizationIdentifier: string): SandboxApplicant | undefined;
  certificate(serialNumber: string): SandboxCertificate | undefined;
  /** The brand whose sandbox issued a certificate; undefined for every other certificate. */
  brandOf(thumbprint: string): string | undefined;
  revokedBy(issuer: string): readonly SandboxCertificate[];
  /** Reads what has changed; to be awaited after a change of one's own. */
  refresh(): Promise<void>;
  onChange(listener: () => void): () => void;
  start(): void;
  stop(): Promise<void>;
}

const readEvery = 500;

/** Reads once, then looks twice a second whether any node has changed something. */
export async function openSandboxState(
  sql: Sql,
  { clock, onFault }: { clock: () => Date; onFault: (cause: unknown) => void },
): Promise<SandboxState> {
  const listeners = createChangeListeners();
  let known = await readAll(sql, clock());
  let reading: Promise<void> | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const read = async () => {
    const at = clock();
    if ((await readSandboxVersion(sql)) === known.version) {
      known = { ...known, readAt: at };
      return;
    }
    known = await readAll(sql, at);
    listeners.tell();
  };
  const readOnce = () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const refresh = async () => {
    // What is under way may have begun before the change that the caller has made.
    await reading?.catch(() => undefined);
    if (!stopped) await readOnce();
  };

  return {
    version: () => known.version,
    readAt: () => known.readAt,
    applicant: (identifier) => known.applicants.get(identifier),
    certificate: (serialNumber) => known.certificates.get(serialNumber),
    brandOf: (thumbprint) => known.brands.get(thumbprint),
    revokedBy: (issuer) =>
      [...known.certificates.values()].filter((each) => each.issuer === issuer && each.state !== 'good'),
    refresh,
    onChange: listeners.add,
    start: () => {
      timer = setInterval(() => readOnce().catch(onFault), readEvery);
      timer.unref();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await reading?.catch(() => undefined);
    },
  };
}

async function readAll(sql: Sql, readAt: Date) {
  // The version first: what changes after it was read is read again.
  const version = await readSandboxVersion(sql);
  const applicants = await readStandingApplicants(sql);
  const certificates = await readStandingCertificates(sql);
  return {
    version,
    readAt,
    applicants: new Map(applicants.map((each) => [each.organizationIdentifier, each])),
    certificates: new Map(certificates.map((each) => [each.serialNumber, each])),
    brands: new Map(certificates.map((each) => [each.thumbprint, each.brand])),
  };
}
