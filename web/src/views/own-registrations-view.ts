import type { Finding } from '@postern/core/qualification/finding.js';
import type { RefusalCode } from '@postern/core/refusal/refusal-catalog.js';
import type { InspectionResult } from './inspector-view.js';
import type { PortalNavigation } from './portal-navigation.js';

/** How a certificate stands: as it should be, ending soon, over, or taken out of use before its end. */
export type CertificateStanding = 'good' | 'ending' | 'expired' | 'ended';

export interface OwnCertificate {
  readonly thumbprint: string;
  readonly use: 'website' | 'seal';
  readonly firstSeenAt: Date;
  readonly notAfter: Date | undefined;
  readonly standing: CertificateStanding;
  /** Why it ended before its end. */
  readonly reason: string | undefined;
}

export interface OwnKey {
  readonly kid: string;
  readonly alias: string | undefined;
  readonly x5u: string | undefined;
  readonly notAfter: Date | undefined;
  readonly standing: CertificateStanding;
}

export interface OwnClient {
  readonly clientId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly issuedAt: Date;
  readonly forAllBrands: boolean;
  /** Whether payment service users read its name. */
  /** Why the bank has suspended it. */
  readonly suspension: string | undefined;
  readonly nameState: 'shown' | 'held' | 'refused';
  readonly nameDoubts: readonly string[];
  readonly keys: readonly OwnKey[];
}

export interface OwnRefusal {
  readonly at: Date;
  readonly code: RefusalCode;
  readonly method: string | undefined;
  readonly route: string | undefined;
  readonly correlationId: string;
  /** What was not as it should be, where the certificate was the reason. */
  readonly findings: readonly Finding[];
}

/** What the organisation of the certificate presented has here. Of one that is not qualified, nothing but the certificate's own. */
export interface OwnRegistrations {
  readonly presented: InspectionResult;
  readonly organization: { readonly identifier: string; readonly legalName: string } | undefined;
  readonly clients: readonly OwnClient[];
  readonly certificates: readonly OwnCertificate[];
  readonly refusals: readonly OwnRefusal[];
}

/** Where a page stands that asks for a certificate in the TLS handshake. */
export interface CertificatePageView {
  readonly navigation: PortalNavigation;
  /** Of this page. */
  readonly address: string;
}
