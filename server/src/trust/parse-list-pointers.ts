import { createHash } from 'node:crypto';
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
  const signers = readSigners(pointer);
  if (territory === undefined || !/^[A-Z]{2}$/.test(territory) || mimeType === undefined || signers.length === 0)
    return [];
  return [{ territory, address, mimeType: mimeType.toLowerCase(), signers }];
}

function readInformation(pointer: XmlElement, name: XmlName): string | undefined {
  const additional = optionalChild(pointer, tslName('AdditionalInformation'));
  if (additional === undefined) return undefined;
  const others = childrenOf(additional, tslName('OtherInformation')).flatMap(elementsOf);
  const found = others.filter((element) => isNamed(element, name));
  return found.length === 1 && found[0] !== undefined ? textOf(found[0]) : undefined;
}

function readSigners(pointer: XmlElement): readonly string[] {
  const identities = optionalChild(pointer, tslName('ServiceDigitalIdentities'));
  if (identities === undefined) return [];
  const certificates = childrenOf(identities, tslName('ServiceDigitalIdentity'))
    .flatMap((identity) => childrenOf(identity, tslName('DigitalId')))
    .flatMap((id) => childrenOf(id, tslName('X509Certificate')))
    .map((element) => decodeBase64(textOf(element)));
  return certificates.flatMap((der) => (der === undefined ? [] : [createHash('sha256').update(der).digest('hex')]));
}
