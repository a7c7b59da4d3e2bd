import { createHash } from 'node:crypto';
import { parseListedCertificate } from '@postern/core/certificate/parse-certificate.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { ListPointer } from './trusted-list.js';
import {
  childrenOf,
  decodeBase64,
  elementsOf,
  isNamed,
  onlyChild,
  optionalChild,
  textOf,
  type XmlName,
} from './walk-xml.js';
import type { XmlElement } from './xml-element.js';
import { additionalName, tslName } from './xml-names.js';

/** Reads PointersToOtherTSL (TS 119 612 clause 5.3.13); a pointer without territory, type or signer is left out. */
export function parseListPointers(pointers: XmlElement | undefined): readonly ListPointer[] {
  if (pointers === undefined) return [];
  return childrenOf(pointers, tslName('OtherTSLPointer')).flatMap(parseListPointer);
}

function parseListPointer(pointer: XmlElement): readonly ListPointer[] {
  const address = textOf(onlyChild(pointer, tslName('TSLLocation')));
  const territory = readInformation(pointer, tslName('SchemeTerritory'));
  const mimeType = readInformation(pointer, additionalName('MimeType'));
  const certificates = readSigners(pointer);
  const signers = certificates.map(digestOf);
  if (territory === undefined || !/^[A-Z]{2}$/.test(territory) || mimeType === undefined || signers.length === 0)
    return [];
  return [{ territory, address, mimeType: mimeType.toLowerCase(), signers, signerEnds: readEnds(certificates) }];
}

function readInformation(pointer: XmlElement, name: XmlName): string | undefined {
  const additional = optionalChild(pointer, tslName('AdditionalInformation'));
  if (additional === undefined) return undefined;
  const others = childrenOf(additional, tslName('OtherInformation')).flatMap(elementsOf);
  const found = others.filter((element) => isNamed(element, name));
  return found.length === 1 && found[0] !== undefined ? textOf(found[0]) : undefined;
}

function readSigners(pointer: XmlElement): readonly Uint8Array[] {
  const identities = optionalChild(pointer, tslName('ServiceDigitalIdentities'));
  if (identities === undefined) return [];
  return childrenOf(identities, tslName('ServiceDigitalIdentity'))
    .flatMap((identity) => childrenOf(identity, tslName('DigitalId')))
    .flatMap((id) => childrenOf(id, tslName('X509Certificate')))
    .flatMap((element) => decodeBase64(textOf(element)) ?? []);
}

function digestOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** A signer is known by its octets; one whose certificate cannot be read only goes without a warning before its end. */
function readEnds(certificates: readonly Uint8Array[]): Readonly<Record<string, Date>> {
  const ends: Record<string, Date> = {};
  for (const der of certificates) {
    try {
      ends[digestOf(der)] = parseListedCertificate(der).notAfter;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
  return ends;
}
