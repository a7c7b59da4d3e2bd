import { createHash } from 'node:crypto';
import { oid } from '@postern/core/certificate/object-identifiers.js';
import type { CertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { parseCertificationRequest } from '@postern/core/certificate/parse-certification-request.js';
import { parseJson } from '@postern/core/json/parse-json.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { RefusalReason } from '@postern/core/refusal/refusal-reason.js';
import type { z } from 'zod';
import { revocationReasons, sandboxForms } from '../sandbox-forms.js';

/** Certification requests of an organisation, by what they are for. */
export interface RequestPair {
  readonly website: CertificationRequest;
  readonly seal: CertificationRequest;
}

/** Reads a request for new certificates of an organisation that has some; each of the two may be left out. */
export function parseRenewal(body: Uint8Array): Partial<RequestPair> {
  const { website_csr, seal_csr } = read(body, sandboxForms.renewal);
  return {
    ...(website_csr === undefined ? {} : { website: parseCertificationRequest(website_csr) }),
    ...(seal_csr === undefined ? {} : { seal: readSeal(seal_csr) }),
  };
}

/** Which certificate is to be revoked, or held, and why. */
export function parseRevocation(body: Uint8Array): { readonly serialNumber: string; readonly reason: number } {
  const parsed = read(body, sandboxForms.revocation);
  return { serialNumber: parsed.serial_number, reason: revocationReasons[parsed.reason] };
}

/** Which certificate is to be held no longer. */
export function parseRelease(body: Uint8Array): string {
  return read(body, sandboxForms.release).serial_number;
}

/** How the organisation is to stand in the register. */
export function parseStanding(body: Uint8Array): 'active' | 'suspended' | 'withdrawn' {
  return read(body, sandboxForms.standing).state;
}

/** Requires that a body says nothing. */
export function parseNothing(body: Uint8Array): void {
  read(body, sandboxForms.nothing);
}

/** What is wrong where one key would be certified for both uses. */
export const oneKey = 'both are over one key: TLS and signatures need a key each';

/** SHA-256 of the key that a request is about, base64url. */
export function keyHashOf({ publicKey }: Pick<CertificationRequest, 'publicKey'>): string {
  return createHash('sha256').update(publicKey.spki).digest('base64url');
}

/** The organizationIdentifier that a request asks for; the sandbox gives one, so only that very one may stand there. */
export function requireNoForeignIdentifier({ subject }: CertificationRequest, own: string | undefined): void {
  const asked = subject.rdns.flat().filter(({ type }) => type === oid.organizationIdentifier);
  if (asked.every(({ value }) => value === own)) return;
  throw unusable(
    'names-identifier',
    'it names an organizationIdentifier, which the sandbox assigns. Leave it out: a sandbox certificate never bears that of a real third party',
  );
}

/** A request for a certificate that signs. Throws Refusal CERTIFICATION_REQUEST_INVALID. */
export function readSeal(text: string): CertificationRequest {
  const request = parseCertificationRequest(text);
  if (request.publicKey.kind !== 'rsa')
    throw unusable('not-rsa', 'the seal needs an RSA key, because requests are signed with rsa-sha256');
  return request;
}

/** The value in a body. Throws Refusal CERTIFICATION_REQUEST_INVALID over a private key in it, before anything is read. */
export function readValue(body: Uint8Array): unknown {
  if (Buffer.from(body).includes('PRIVATE KEY')) {
    throw unusable(
      'private-key',
      'there is a private key in the request. Nothing of it was kept, but it has left your machine: destroy it, make another, and never send one',
    );
  }
  return parseJson(body);
}

function read<Output>(body: Uint8Array, schema: z.ZodType<Output>): Output {
  const parsed = schema.safeParse(readValue(body));
  if (parsed.success) return parsed.data;
  throw malformed(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'The request'}: ${message}.`));
}

/** What does not have its form, with every problem. */
export function malformed(problems: readonly string[]): Refusal {
  return new Refusal('REQUEST_MALFORMED', 'The request for test certificates does not have its form.', { problems });
}

/** What no certificate is issued over. */
export function unusable(reason: RefusalReason, problem: string): Refusal {
  return new Refusal('CERTIFICATION_REQUEST_INVALID', `The certification request cannot be used: ${problem}.`, {
    reason,
  });
}
