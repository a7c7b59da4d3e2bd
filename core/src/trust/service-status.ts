import type { Certificate } from '../certificate/certificate.js';
import { type CertificateQualifiers, evaluateQualifiers } from './service-qualifiers.js';
import type { CertificateUse, ServiceStatus, TrustService } from './trust-service.js';

/** What the trust services behind one CA key say together about a use at a time (ETSI TS 119 615 v1.4.1, 4.3.4). */
export type ServicesVerdict =
  /** No CA/QC service with this key was listed then. */
  | { readonly standing: 'not-listed' }
  /** Listed, but none for this use (AdditionalServiceInformation). */
  | { readonly standing: 'other-use'; readonly statuses: readonly StatusInForce[] }
  /** A service for this use cannot be understood, or services contradict each other: nobody picks the good one. */
  | {
      readonly standing: 'not-understood' | 'conflict';
      readonly statuses: readonly StatusInForce[];
      readonly detail: string;
    }
  | { readonly standing: 'not-granted'; readonly statuses: readonly StatusInForce[] }
  | {
      readonly standing: 'granted';
      readonly statuses: readonly StatusInForce[];
      /** What the services say about this very certificate. */
      readonly qualifiers: CertificateQualifiers;
    };

/** What a certificate is to be used for, and when. */
export interface UseAtTime {
  readonly certificate: Certificate;
  readonly use: CertificateUse;
  readonly at: Date;
}

export interface StatusInForce {
  readonly service: TrustService;
  readonly status: ServiceStatus;
}

/** Judges all services of an anchor for a use at a time; services for other uses with the same key do not conflict. */
export function judgeServices(services: readonly TrustService[], asked: UseAtTime): ServicesVerdict {
  const { at } = asked;
  const listed = services.filter(isQualifiedCertificateService).flatMap((service) => {
    const status = statusInForce(service, at);
    return status === undefined ? [] : [{ service, status }];
  });
  if (listed.length === 0) return { standing: 'not-listed' };
  const disorder = listed.find(({ service }) => !isChronological(service));
  if (disorder !== undefined) {
    return {
      standing: 'not-understood',
      statuses: listed,
      detail: `the history of "${disorder.service.serviceName}" is out of order`,
    };
  }
  const providers = new Set(listed.map(({ service }) => service.providerName));
  if (providers.size > 1) {
    return { standing: 'conflict', statuses: listed, detail: `the key is listed by ${[...providers].join(' and ')}` };
  }
  return judgeUse(listed, asked);
}

/** The status in force at a time: the newest that had started by then; undefined before the first. */
export function statusInForce(service: TrustService, at: Date): ServiceStatus | undefined {
  return service.statuses.find(({ startingAt }) => startingAt.getTime() <= at.getTime());
}

/**
 * Whether a status makes a service one that may issue qualified certificates for a use at a time. The statuses of before
 * 1 July 2016 count until then and for signatures only: they never covered seals or websites (ETSI TS 119 615 v1.4.1, 4.4.4).
 */
export function isGranted({ status }: ServiceStatus, use: CertificateUse, at: Date): boolean {
  return status === grantedStatus || (use === 'signature' && isBeforeRegulation(at) && earlierStatuses.has(status));
}

/** Whether a service issues qualified certificates, as opposed to other certificates, time-stamps or answers. */
export function isQualifiedCertificateService({ serviceType }: TrustService): boolean {
  return serviceType === qualifiedCertificateServiceType;
}

function judgeUse(listed: readonly StatusInForce[], { certificate, use, at }: UseAtTime): ServicesVerdict {
  const statuses = listed.filter(({ status }) => covers(status, use, at));
  const [first] = statuses;
  if (first === undefined) return { standing: 'other-use', statuses: listed };
  const unknown = statuses.find(({ status }) => status.unknownCriticalExtension);
  if (unknown !== undefined) {
    return {
      standing: 'not-understood',
      statuses,
      detail: `"${unknown.service.serviceName}" has a critical extension that is not understood`,
    };
  }
  const granted = statuses.filter(({ status }) => isGranted(status, use, at));
  if (granted.length === 0) return { standing: 'not-granted', statuses };
  if (granted.length < statuses.length) {
    return { standing: 'conflict', statuses, detail: `${granted.length} of ${statuses.length} services are granted` };
  }
  return judgeQualifiers([first, ...statuses.slice(1)], certificate);
}

function judgeQualifiers(
  statuses: readonly [StatusInForce, ...StatusInForce[]],
  certificate: Certificate,
): ServicesVerdict {
  const answers: CertificateQualifiers[] = [];
  for (const { service, status } of statuses) {
    const answer = evaluateQualifiers(status, certificate);
    if (typeof answer === 'string') {
      return { standing: 'not-understood', statuses, detail: `of "${service.serviceName}", ${answer}` };
    }
    answers.push(answer);
  }
  const [first, ...others] = answers as [CertificateQualifiers, ...CertificateQualifiers[]];
  const differs = others.some(({ qualified, type }) => qualified !== first.qualified || type !== first.type);
  if (differs) return { standing: 'conflict', statuses, detail: 'services qualify the certificate differently' };
  return { standing: 'granted', statuses, qualifiers: first };
}

/** Before the Regulation a service named no types: it was for signatures. */
function covers({ status, uses }: ServiceStatus, use: CertificateUse, at: Date): boolean {
  return (
    uses.includes(use) ||
    (uses.length === 0 && use === 'signature' && isBeforeRegulation(at) && earlierStatuses.has(status))
  );
}

function isBeforeRegulation(at: Date): boolean {
  return at.getTime() < regulationApplies;
}

/** PRO-4.3.4-03A: statuses stand newest first, no two of the same moment. */
function isChronological({ statuses }: TrustService): boolean {
  return statuses.every(
    (status, i) => i === 0 || status.startingAt.getTime() < (statuses[i - 1]?.startingAt.getTime() ?? 0),
  );
}

/** Regulation (EU) No 910/2014, article 52(2). */
const regulationApplies = Date.UTC(2016, 6, 1);

const earlierStatuses: ReadonlySet<string> = new Set(
  ['undersupervision', 'supervisionincessation', 'accredited', 'setbynationallaw'].map(
    (name) => `http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/${name}`,
  ),
);

export const grantedStatus = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted';
const qualifiedCertificateServiceType = 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC';
