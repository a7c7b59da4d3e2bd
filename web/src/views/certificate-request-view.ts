import type { AnswerView } from './console-view.js';

/** A request for test certificates in the queue. */
export interface ListedRequest {
  readonly address: string;
  readonly organizationName: string;
  readonly contact: string;
  readonly brand: string;
  readonly roles: readonly string[];
  readonly requestedAt: Date;
  readonly agreed: number;
  readonly needed: number;
}

/** One request, with all that there is to judge it by. */
export interface CertificateRequestView extends Omit<ListedRequest, 'address'> {
  readonly id: string;
  readonly organizationIdentifier: string;
  readonly state: 'waiting' | 'issued' | 'refused';
  readonly keys: readonly RequestedKey[];
  readonly approvals: readonly RequestApproval[];
  readonly decision?: { readonly at: Date; readonly by: string; readonly reason?: string | undefined };
  /** The reader has agreed, and somebody else must. */
  readonly awaitsAnother: boolean;
  /** Only for who may decide, while there is something to decide. */
  readonly answer?: AnswerView;
}

export interface RequestedKey {
  readonly use: 'website' | 'seal';
  /** "RSA 2048", "EC P-256". */
  readonly kind: string;
  /** SHA-256 of the key (SubjectPublicKeyInfo), hexadecimal. */
  readonly thumbprint: string;
}

export interface RequestApproval {
  readonly at: Date;
  readonly name: string;
  readonly subject: string;
  readonly reason?: string | undefined;
}
