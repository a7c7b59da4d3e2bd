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
  | { readonly standing: 'granted' | 'not-granted'; readonly statuses: readonly StatusInForce[] };

export interface StatusInForce {
  readonly service: TrustService;
  readonly status: ServiceStatus;
}

/** Judges all services of an anchor for a use at a time; services for other uses with the same key do not conflict. */
export function judgeServices(services: readonly TrustService[], use: CertificateUse, at: Date): ServicesVerdict {
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
  return judgeUse(listed, use);
}

/** The status in force at a time: the newest that had started by then; undefined before the first. */
export function statusInForce(service: TrustService, at: Date): ServiceStatus | undefined {
  return service.statuses.find(({ startingAt }) => startingAt.getTime() <= at.getTime());
}

/**
 * Whether a status is the eIDAS one of a qualified service. The statuses of before July 2016 (under supervision,
 * accredited, …) are not: no PSD2 certificate is as old, and they never covered seals or websites.
 */
export function isGranted({ status }: ServiceStatus): boolean {
  return status === grantedStatus;
}

/** Whether a service issues qualified certificates, as opposed to other certificates, time-stamps or answers. */
export function isQualifiedCertificateService({ serviceType }: TrustService): boolean {
  return serviceType === qualifiedCertificateServiceType;
}

function judgeUse(listed: readonly StatusInForce[], use: CertificateUse): ServicesVerdict {
  const statuses = listed.filter(({ status }) => status.uses.includes(use));
  const first = statuses[0];
  if (first === undefined) return { standing: 'other-use', statuses: listed };
  const unknown = statuses.find(({ status }) => status.unknownCriticalExtension);
  if (unknown !== undefined) {
    return {
      standing: 'not-understood',
      statuses,
      detail: `"${unknown.service.serviceName}" has a critical extension that is not understood`,
    };
  }
  const granted = statuses.filter(({ status }) => isGranted(status));
  if (granted.length > 0 && granted.length < statuses.length) {
    return { standing: 'conflict', statuses, detail: `${granted.length} of ${statuses.length} services are granted` };
  }
  return { standing: granted.length === 0 ? 'not-granted' : 'granted', statuses };
}

/** PRO-4.3.4-03A: statuses stand newest first, no two of the same moment. */
function isChronological({ statuses }: TrustService): boolean {
  return statuses.every(
    (status, i) => i === 0 || status.startingAt.getTime() < (statuses[i - 1]?.startingAt.getTime() ?? 0),
  );
}

const grantedStatus = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted';
const qualifiedCertificateServiceType = 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC';
