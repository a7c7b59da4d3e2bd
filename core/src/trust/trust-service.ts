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
  /** The Qualifications extension (TS 119 612 clause 5.5.9.2): absent when there is none. */
  readonly qualifications?: readonly ServiceQualification[];
}

/** Qualifiers that hold for the certificates of a service that meet the criterion. */
export interface ServiceQualification {
  /** Their URIs, e.g. http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/NotQualified. */
  readonly qualifiers: readonly string[];
  readonly criterion: ServiceCriterion;
}

/** What a trusted list asks of a certificate (CriteriaList, TS 119 612 clause 5.5.9.2.2). */
export type ServiceCriterion =
  | { readonly kind: 'key-usage'; readonly bits: readonly { readonly name: string; readonly set: boolean }[] }
  /** Object identifiers that all have to be in the certificate: policies, key purposes, or types of subject attributes. */
  | {
      readonly kind: 'policies' | 'key-purposes' | 'subject-attributes';
      readonly identifiers: readonly string[];
    }
  | {
      readonly kind: 'list';
      readonly assert: 'all' | 'atLeastOne' | 'none';
      readonly criteria: readonly ServiceCriterion[];
    }
  /** A criterion that is not known: nobody can say whether a certificate meets it. */
  | { readonly kind: 'unknown'; readonly name: string };

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
