/** One sealing certificate of a client, as registered: its key verifies the client's request signatures. */
export interface RegisteredKey {
  /** The certificate's `x5t#S256`: the bank's name for the key, the same wherever the certificate is registered. */
  readonly kid: string;
  /** The address under which the client registered the certificate: another name of the key, never fetched. */
  readonly x5u: string | undefined;
  /** The client's own name of the key, beside the bank's; left out where it gave none or the brand keeps none. */
  readonly alias?: string;
  /** The full certification path, base64 DER (RFC 7517 section 4.7), end entity first. */
  readonly x5c: readonly string[];
}
