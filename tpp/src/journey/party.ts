import { createPrivateKey, randomInt } from 'node:crypto';
import type { SigningKey } from '@postern/core/signature/sign-request.js';
import {
  type CertificateKind,
  type IssuedCertificate,
  requestCertificate,
} from '../certificate/request-certificate.js';
import type { Connection } from '../http/connection.js';
import { buildCertificateRequest } from '../keys/build-certificate-request.js';
import { generatePrivateKey } from '../keys/generate-private-key.js';
import type { JourneyWorld } from './journey-world.js';

/** A third party of the journey: an organisation that nobody knew before, with its keys. */
export interface Party {
  readonly organizationIdentifier: string;
  readonly organizationName: string;
  readonly qwacKey: string;
  readonly sealKey: string;
  /** Present once the QTSP has issued them. */
  readonly qwac?: IssuedCertificate;
  readonly seal?: IssuedCertificate;
}

/** Invents an organisation and makes its two keys. */
export async function foundParty(): Promise<Party> {
  const number = String(randomInt(10_000_000, 100_000_000));
  const [qwacKey, sealKey] = await Promise.all([generatePrivateKey(), generatePrivateKey()]);
  return {
    organizationIdentifier: `PSDFR-ACPR-${number}`,
    organizationName: `Journey ${number} SAS`,
    qwacKey,
    sealKey,
  };
}

/** Has the demo QTSP issue a certificate for a party, with the role of account information and perhaps a defect. */
export async function orderCertificate(
  world: JourneyWorld,
  party: Party,
  wanted: { readonly kind: CertificateKind; readonly defect?: string },
) {
  const { organizationIdentifier, organizationName } = party;
  const commonName = wanted.kind === 'qwac' ? domainOf(party) : `${organizationName} seal`;
  const subject = { organizationIdentifier, organizationName, commonName, country: 'FR' };
  const csr = buildCertificateRequest(subject, wanted.kind === 'qwac' ? party.qwacKey : party.sealKey);
  const order = { ...wanted, csr, organizationIdentifier, organizationName, roles: ['PSP_AI'] };
  return requestCertificate(world.connect(), world.qtspUrl, order);
}

/** The domain name of a party, in a name space that no one can own (RFC 2606). */
export function domainOf({ organizationIdentifier }: Party): string {
  return `${organizationIdentifier.toLowerCase()}.example`;
}

/** A connection under the party's QWAC. */
export function connectAs(world: JourneyWorld, { qwac, qwacKey }: Party): Connection {
  if (qwac === undefined) throw new Error('this party has no QWAC yet');
  return world.connect({ certificate: qwac.path, key: qwacKey });
}

/** The party's seal under the name that the bank gave it. */
export function sealOf({ sealKey }: Party, keyId: string): SigningKey {
  return { keyId, privateKey: createPrivateKey(sealKey) };
}
