import { createHash } from 'node:crypto';
import type { RegistrationReference } from '@postern/core/register/match-organization.js';
import type { RegisterAnswer, RegisterEntity } from '@postern/core/register/register-entity.js';
import { encodeOcspRequest } from '@postern/core/revocation/encode-ocsp-request.js';
import type { CertificationPath } from '@postern/core/trust/certification-path.js';
import type { TrustedListStatus, TrustService } from '@postern/core/trust/trust-service.js';
import { indexTrustServices, type TrustServiceIndex } from '@postern/core/trust/trust-service-index.js';
import type { JudgeSources } from '../qualification/decision-basis.js';
import type { PathStatus, TrustView } from '../qualification/gather-evidence.js';
import type { SandboxApplicant } from '../store/sandbox.js';
import type { SandboxAuthority, SandboxIssuer } from './open-authority.js';
import { type SandboxPlace, statusAddresses } from './sandbox-place.js';
import type { SandboxState } from './sandbox-state.js';
import type { StatusAnswers } from './status-answers.js';

/** The sandbox of one brand, as a judge of that brand's sandbox needs it. */
export interface SandboxEvidence {
  readonly place: SandboxPlace;
  readonly authority: () => SandboxAuthority;
  readonly state: SandboxState;
  readonly answers: StatusAnswers;
}

/** The list that the trust services of a sandbox stand on: no country, listed by nobody. */
const sandboxTerritory = '—sandbox';

/**
 * The sources that a sandbox judges by: those of production, and beside them the sandbox's own authority, register and status
 * answers, in the same shapes. To be given to judges of that brand's sandbox and to no other.
 */
export function overlaySources(base: JudgeSources, sandbox: SandboxEvidence): JudgeSources {
  return {
    trust: overlayTrust(base.trust, sandbox),
    register: overlayRegister(base.register, sandbox),
    revocation: overlayRevocation(base.revocation, sandbox),
  };
}

function overlayTrust(base: JudgeSources['trust'], sandbox: SandboxEvidence): JudgeSources['trust'] {
  let made: { base: TrustView; authority: SandboxAuthority; view: TrustView } | undefined;
  return {
    current: () => {
      const view = base.current();
      const authority = sandbox.authority();
      if (made?.base !== view || made.authority !== authority)
        made = { base: view, authority, view: withAuthority(view, authority, sandbox.place) };
      return made.view;
    },
  };
}

function withAuthority(view: TrustView, { issuers }: SandboxAuthority, place: SandboxPlace): TrustView {
  if (!view.available) return view;
  const services = issuers.map((issuer) => serviceOf(issuer, place));
  const status = statusOf(issuers);
  const { snapshot, index } = view;
  return {
    available: true,
    snapshot: {
      version: `${snapshot.version} ${status.sha256}`,
      lists: [...snapshot.lists, status],
      services: [...snapshot.services, ...services],
    },
    index: joinIndexes(index, indexTrustServices(services, { forTests: true })),
  };
}

function joinIndexes(listed: TrustServiceIndex, own: TrustServiceIndex): TrustServiceIndex {
  const anchors = new Map(listed.anchors);
  for (const [name, added] of own.anchors) anchors.set(name, [...(anchors.get(name) ?? []), ...added]);
  return { anchors, unreadable: [...listed.unreadable, ...own.unreadable] };
}

function serviceOf({ credential, number }: SandboxIssuer, place: SandboxPlace): TrustService {
  const { certificate } = credential;
  return {
    territory: sandboxTerritory,
    listSequence: 1,
    providerName: `Sandbox of ${place.brand}`,
    serviceName: `Sandbox issuing CA ${number}`,
    serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
    certificates: [certificate.der],
    statuses: [
      {
        status: 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted',
        startingAt: certificate.notBefore,
        uses: ['website', 'seal'],
        unknownCriticalExtension: false,
      },
    ],
  };
}

function statusOf(issuers: SandboxAuthority['issuers']): TrustedListStatus {
  const certificates = issuers.map(({ credential }) => credential.certificate);
  const since = new Date(Math.min(...certificates.map(({ notBefore }) => notBefore.getTime())));
  return {
    territory: sandboxTerritory,
    sequence: 1,
    issuedAt: since,
    nextUpdate: new Date(Math.max(...certificates.map(({ notAfter }) => notAfter.getTime()))),
    sha256: createHash('sha256')
      .update(certificates.map(({ thumbprint }) => thumbprint).join())
      .digest('hex'),
    acceptedAt: since,
  };
}

function overlayRegister(base: JudgeSources['register'], { place, state }: SandboxEvidence): JudgeSources['register'] {
  const version = () => `${base.version() ?? 'none'} sandbox ${state.version()}`;
  return {
    version,
    lookup: (reference) => {
      if (reference !== undefined && `${reference.country}-${reference.authority}` === place.authority)
        return answerOf(reference, { place, state, version: version() });
      const answer = base.lookup(reference);
      return answer.available ? { ...answer, version: version() } : answer;
    },
  };
}

function answerOf(
  { country, authority, number }: RegistrationReference,
  { place, state, version }: Pick<SandboxEvidence, 'place' | 'state'> & { version: string },
): RegisterAnswer {
  const applicant = state.applicant(`PSD${country}-${authority}-${number}`);
  const known = applicant !== undefined && applicant.brand === place.brand;
  return {
    available: true,
    version,
    publishedAt: state.readAt(),
    candidates: known ? [entityOf(applicant, number, place)] : [],
  };
}

const services = { PSP_PI: 'PS_070', PSP_AI: 'PS_080', PSP_IC: 'PS_05A' } as const;

/** Suspended: authorised, and for the time being for nothing. Withdrawn: the authorisation has ended. */
function entityOf(applicant: SandboxApplicant, number: string, { authority }: SandboxPlace): RegisterEntity {
  const country = authority.slice(0, 2);
  const { registerState, roles, organizationName } = applicant;
  const code = authority.replace('-', '_');
  return {
    authority: code,
    nationalReference: number,
    entityCode: `${code}!${number}`,
    type: 'PSD_PI',
    names: [organizationName],
    country,
    authorisationDates: registerState === 'withdrawn' ? ['2020-01-01', '2020-01-02'] : ['2020-01-01'],
    services: { [country]: registerState === 'suspended' ? [] : roles.map((role) => services[role]) },
  };
}

function overlayRevocation(base: JudgeSources['revocation'], sandbox: SandboxEvidence): JudgeSources['revocation'] {
  return {
    statusOf: async (path, now) => {
      const subject = subjectOf(path, sandbox);
      return subject === undefined ? base.statusOf(path, now) : answerAbout(subject, sandbox, now);
    },
    versionOf: (path, now) => {
      const subject = subjectOf(path, sandbox);
      return subject === undefined ? base.versionOf(path, now) : versionOf(subject.serialNumber, sandbox);
    },
  };
}

interface OwnSubject {
  readonly path: CertificationPath;
  readonly issuer: SandboxIssuer;
  readonly serialNumber: string;
}

/** A path of one certificate under an issuing CA of ours, which issues no CA certificates. */
function subjectOf(path: CertificationPath, { authority }: SandboxEvidence): OwnSubject | undefined {
  const anchor = path.certificates.at(-1);
  const issuer = authority().issuers.find(({ credential }) => credential.certificate.thumbprint === anchor?.thumbprint);
  const [leaf] = path.certificates;
  if (issuer === undefined || leaf === undefined || path.certificates.length !== 2) return undefined;
  return { path, issuer, serialNumber: leaf.serialNumber };
}

function versionOf(serialNumber: string, { state }: SandboxEvidence): string {
  const found = state.certificate(serialNumber);
  return `sandbox ${found?.state} ${found?.revokedAt?.getTime()}`;
}

/** The answer that our own responder gives to everybody, without the way over the network. */
function answerAbout({ path, issuer, serialNumber }: OwnSubject, sandbox: SandboxEvidence, now: Date): PathStatus {
  const [certificate] = path.certificates;
  const address = statusAddresses(sandbox.place, issuer.number).ocsp;
  const version = versionOf(serialNumber, sandbox);
  if (certificate === undefined) return { answers: [], version };
  const subject = { certificate, issuer: issuer.credential.certificate };
  const bytes = sandbox.answers.ocsp(encodeOcspRequest(subject, 'sha256'), now);
  return { answers: [{ source: 'ocsp', address, receivedAt: now, bytes }], version };
}
