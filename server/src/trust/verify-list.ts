import { Refusal } from '@postern/core/refusal/refusal.js';
import { parseTrustedList } from './parse-trusted-list.js';
import type { TrustedList } from './trusted-list.js';
import { verifyXmlSignature } from './verify-xml-signature.js';

/** A list whose signature verified, and who signed it; or the sentence that refuses it. */
export type VerifiedList = { readonly list: TrustedList; readonly signer: string } | { readonly refused: string };

/** What is asked of a reader of lists. */
export interface ListTask {
  readonly octets: Uint8Array;
  /** SHA-256 of the certificates that may sign; `anyone` to look into a list before it is known who may: trust nothing in it. */
  readonly signers: ReadonlySet<string> | 'anyone';
}

/** Verifies the signature of a list and reads it; never throws. */
export function verifyList({ octets, signers }: ListTask): VerifiedList {
  try {
    const signed = verifyXmlSignature(octets, signers);
    return { list: parseTrustedList(signed.octets), signer: signed.signer };
  } catch (refusal) {
    return {
      refused: refusal instanceof Refusal ? refusal.message : `The list cannot be read: ${String(refusal)}`,
    };
  }
}
