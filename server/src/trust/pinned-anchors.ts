import type { Certificate, Name } from '@postern/core/certificate/certificate.js';
import type { CertificateUse, TrustedListStatus, TrustService } from '@postern/core/trust/trust-service.js';
import { digestOf } from './list-files.js';

/** CA certificates that this installation trusts without a list, for one use and until a day. */
export interface PinnedAnchor {
  readonly certificates: readonly Certificate[];
  readonly use: Extract<CertificateUse, 'website' | 'seal'>;
  readonly expires: Date;
}

/** Pinned anchors in the place of a trusted list. */
export interface PinnedAnchors {
  readonly services: readonly TrustService[];
  /** Undefined without any. */
  readonly status: TrustedListStatus | undefined;
  report(now: Date): readonly { readonly text: string; readonly ended: boolean }[];
}

/** No country: what stands here was listed by nobody. */
export const pinnedTerritory = '—pinned';

/**
 * Makes trust services of pinned anchors: granted for their one use from the start of the certificate, withdrawn from the
 * day they expire on, whatever grace lists have. A key that a trusted list has as well contradicts it, which lets nobody in.
 */
export function pinAnchors(anchors: readonly PinnedAnchor[]): PinnedAnchors {
  const services = anchors.flatMap((anchor) =>
    anchor.certificates.map((certificate) => serviceOf(certificate, anchor)),
  );
  return {
    services,
    status: services.length === 0 ? undefined : statusOf(services, anchors),
    report: (now) =>
      services.map(({ serviceName, statuses: [end, start] }) => {
        const expires = end?.startingAt ?? now;
        const text = `${serviceName} is pinned for ${start?.uses.join()} until ${expires.toISOString()}`;
        return expires <= now ? { text: `${text}, which has passed`, ended: true } : { text, ended: false };
      }),
  };
}

function serviceOf(certificate: Certificate, { use, expires }: PinnedAnchor): TrustService {
  const status = { uses: [use], unknownCriticalExtension: false };
  return {
    territory: pinnedTerritory,
    listSequence: 1,
    providerName: 'Pinned by the configuration',
    serviceName: commonNameOf(certificate.subject),
    serviceType: 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
    certificates: [certificate.der],
    statuses: [
      { ...status, status: `${statusUri}withdrawn`, startingAt: expires },
      { ...status, status: `${statusUri}granted`, startingAt: certificate.notBefore },
    ],
  };
}

const statusUri = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/';

function statusOf(services: readonly TrustService[], anchors: readonly PinnedAnchor[]): TrustedListStatus {
  const text = services.map(({ certificates, statuses }) => {
    const [der = new Uint8Array()] = certificates;
    return [
      digestOf(der),
      ...statuses.map(({ startingAt, uses }) => `${startingAt.toISOString()} ${uses.join()}`),
    ].join();
  });
  const starts = services.map(({ statuses }) => statuses[1]?.startingAt.getTime() ?? 0);
  return {
    territory: pinnedTerritory,
    sequence: 1,
    issuedAt: new Date(Math.min(...starts)),
    nextUpdate: new Date(Math.max(...anchors.map(({ expires }) => expires.getTime()))),
    sha256: digestOf(new TextEncoder().encode(text.join('\n'))),
    acceptedAt: new Date(Math.min(...starts)),
  };
}

function commonNameOf({ rdns }: Name): string {
  const attributes = rdns.flat();
  const named = attributes.find(({ type }) => type === '2.5.4.3') ?? attributes[0];
  return named?.value.slice(0, 200) ?? 'a CA without a name';
}
