/** Types of what trusted lists (ETSI TS 119 612) say, reduced to what Postern judges by. */

/** What a CA/QC service may issue for (AdditionalServiceInformation). */
export type CertificateUse = 'website' | 'seal' | 'signature';

export interface TrustService {
  /** ISO 3166-1 code of the list it stands on, e.g. "FR". */
  readonly territory: string;
  /** TSLSequenceNumber of that list. */
  readonly listSequence: number;
  readonly providerName: string;
  readonly serviceName: string;
  /** ServiceTypeIdentifier, e.g. http://uri.etsi.org/TrstSvc/Svctype/CA/QC. */
  readonly serviceType: string;
  /** The CA certificates of ServiceDigitalIdentity, DER. Services may list several certificates of one key. */
  readonly certificates: readonly Uint8Array[];
  /** Current information first, then history, each in force from `startingAt` until the one before it starts. */
  readonly statuses: readonly ServiceStatus[];
}

export interface ServiceStatus {
  /** The status URI, e.g. http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted. */
  readonly status: string;
  readonly startingAt: Date;
  readonly uses: readonly CertificateUse[];
  /** Whether an extension marked critical was not understood: the result is then indeterminate (TS 119 615). */
  readonly unknownCriticalExtension: boolean;
}

/** One accepted state of all trusted lists: immutable, replaced as a whole. */
export interface TrustSnapshot {
  /** Changes whenever any list changes; a digest over the accepted lists. */
  readonly version: string;
  readonly lists: readonly TrustedListStatus[];
  readonly services: readonly TrustService[];
}

export interface TrustedListStatus {
  /** "EU" for the list of lists. */
  readonly territory: string;
  readonly sequence: number;
  readonly issuedAt: Date;
  /** Undefined for a closed list. */
  readonly nextUpdate: Date | undefined;
  readonly sha256: string;
  readonly acceptedAt: Date;
}
