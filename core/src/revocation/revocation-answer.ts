/** What a revocation source said, exactly as received, so that a decision can be replayed from the bytes. */
export type RevocationAnswer =
  | {
      readonly source: 'ocsp' | 'crl';
      readonly address: string;
      readonly receivedAt: Date;
      readonly bytes: Uint8Array;
      readonly failure?: undefined;
    }
  | {
      readonly source: 'ocsp' | 'crl';
      readonly address: string;
      readonly receivedAt: Date;
      readonly bytes?: undefined;
      /** Why nothing usable came: refused address, time-out, status, size. */
      readonly failure: string;
    };
