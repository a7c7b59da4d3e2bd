/** An X.509 certificate (RFC 5280) as data: structures and bytes, never a text form that could be ambiguous. */
export interface Certificate {
  readonly der: Uint8Array;
  /** SHA-256 of `der`, base64url without padding: the `x5t#S256` of RFC 7517 and RFC 8705. */
  readonly thumbprint: string;
  /** 1, 2 or 3. */
  readonly version: number;
  /** Lower-case hexadecimal of the INTEGER's content octets. */
  readonly serialNumber: string;
  readonly tbs: Uint8Array;
  /** The signature algorithm inside the signed part; `parse` refuses when the outer one differs. */
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: PublicKey;
  /** All extensions in their order; the fields below are read from them. */
  readonly extensions: readonly Extension[];
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: readonly KeyUsage[] | undefined;
  /** OIDs. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  /** OIDs. */
  readonly certificatePolicies: readonly string[];
  readonly subjectAlternativeNames: readonly GeneralName[];
  /** Addresses from authorityInfoAccess with access method id-ad-ocsp. */
  readonly ocspAddresses: readonly string[];
  /** Addresses from authorityInfoAccess with access method id-ad-caIssuers. */
  readonly issuerAddresses: readonly string[];
  readonly crlAddresses: readonly string[];
  readonly qcStatements: QcStatements;
}

export interface AlgorithmIdentifier {
  readonly oid: string;
  /** The DER of the parameters, if present. */
  readonly parameters: Uint8Array | undefined;
}

/** A distinguished name: relative names in their order, each a set of attributes (nearly always one). */
export interface Name {
  readonly der: Uint8Array;
  readonly rdns: readonly (readonly NameAttribute[])[];
}

export interface NameAttribute {
  /** The attribute type's OID, e.g. 2.5.4.97 for organizationIdentifier. */
  readonly type: string;
  readonly value: string;
  readonly encoding: 'utf8' | 'printable' | 'ia5' | 'teletex' | 'bmp' | 'universal' | 'numeric' | 'other';
}

export interface PublicKey {
  /** The SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  readonly kind: 'rsa' | 'ec' | 'ed25519' | 'ed448' | 'other';
  /** RSA only: length of the modulus in bits. */
  readonly modulusBits: number | undefined;
  /** RSA only: the public exponent, or undefined when it does not fit 32 bits. */
  readonly exponent: number | undefined;
  /** EC only: the OID of the named curve; undefined for explicit parameters. */
  readonly curve: string | undefined;
}

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
}

export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

export type GeneralName =
  | { readonly kind: 'dns' | 'uri' | 'email'; readonly value: string }
  | { readonly kind: 'ip' | 'other'; readonly value: Uint8Array }
  | { readonly kind: 'directory'; readonly value: Name };

/**
 * The qcStatements extension (RFC 3739, EN 319 412-5) with the PSD2 statement (TS 119 495 clause 5.1).
 * A statement that cannot be read does not make the certificate unreadable: the fault is kept as data for a finding.
 */
export interface QcStatements {
  readonly present: boolean;
  /** What is wrong with the extension as a whole, e.g. that it is not a SEQUENCE OF QCStatement. */
  readonly malformed: string | undefined;
  /** The statementIds in their order, repeats included. */
  readonly identifiers: readonly string[];
  /** id-etsi-qcs-QcType: OIDs .6.1 esign, .6.2 eseal, .6.3 web. */
  readonly types: readonly string[];
  /** Each PSD2 statement found (there must be one at most). */
  readonly psd2: readonly Psd2Statement[];
}

/** PSD2QcType of TS 119 495 clause 5.1, or what makes it unreadable. */
export type Psd2Statement =
  | {
      readonly malformed: undefined;
      readonly roles: readonly PspRole[];
      readonly ncaName: string;
      readonly ncaId: string;
      /** Remarks on encodings that readers of the wild meet, e.g. PrintableString for NCAId. */
      readonly encodingFaults: readonly string[];
    }
  | { readonly malformed: string };

export interface PspRole {
  readonly oid: string;
  readonly name: string;
}
