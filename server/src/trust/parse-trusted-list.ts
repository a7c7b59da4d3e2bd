import { Refusal } from '@postern/core/refusal/refusal.js';
import type { TrustService } from '@postern/core/trust/trust-service.js';
import { parseListPointers } from './parse-list-pointers.js';
import { parseDateTime, preferEnglish } from './parse-list-values.js';
import { type ListPlace, parseTrustService } from './parse-trust-service.js';
import { parseXml } from './parse-xml.js';
import { refuseList } from './refuse-list.js';
import type { TrustedList } from './trusted-list.js';
import { childrenOf, isNamed, onlyChild, optionalChild, textOf } from './walk-xml.js';
import type { XmlElement } from './xml-element.js';
import { tslName } from './xml-names.js';

/**
 * Reads a trusted list (ETSI TS 119 612, versions 5 and 6) from the octets that `verifyXmlSignature` gave back, element by
 * element along the paths of the schema. A service that cannot be read is skipped, which can only deny; anything else
 * that is not as the schema has it refuses the list.
 */
export function parseTrustedList(octets: Uint8Array): TrustedList {
  const root = parseXml(octets);
  if (!isNamed(root, tslName('TrustServiceStatusList'))) refuseList('The document is not a trusted list.');
  const scheme = onlyChild(root, tslName('SchemeInformation'));
  const version = textOf(onlyChild(scheme, tslName('TSLVersionIdentifier')));
  if (version !== '5' && version !== '6')
    refuseList(`The version of the trusted list is ${version.slice(0, 20)}; 5 and 6 are known.`);
  const place = { territory: parseTerritory(scheme), listSequence: parseSequence(scheme) };
  return {
    territory: place.territory,
    kind: kindOf(textOf(onlyChild(scheme, tslName('TSLType')))),
    sequence: place.listSequence,
    issuedAt: parseDateTime(textOf(onlyChild(scheme, tslName('ListIssueDateTime')))),
    nextUpdate: parseNextUpdate(scheme),
    informationAddresses: parseInformationAddresses(scheme),
    pointers: parseListPointers(optionalChild(scheme, tslName('PointersToOtherTSL'))),
    ...parseProviders(optionalChild(root, tslName('TrustServiceProviderList')), place),
  };
}

function parseTerritory(scheme: XmlElement): string {
  const territory = textOf(onlyChild(scheme, tslName('SchemeTerritory')));
  return /^[A-Z]{2}$/.test(territory) ? territory : refuseList('SchemeTerritory is not a country code.');
}

function parseSequence(scheme: XmlElement): number {
  const sequence = textOf(onlyChild(scheme, tslName('TSLSequenceNumber')));
  return /^[1-9][0-9]{0,8}$/.test(sequence)
    ? Number(sequence)
    : refuseList('TSLSequenceNumber is not a positive number.');
}

function kindOf(type: string): TrustedList['kind'] {
  if (type === `${tslTypes}EUlistofthelists`) return 'list-of-lists';
  return type === `${tslTypes}EUgeneric` ? 'national' : 'other';
}

function parseInformationAddresses(scheme: XmlElement): readonly string[] {
  const element = optionalChild(scheme, tslName('SchemeInformationURI'));
  const addresses = element === undefined ? [] : childrenOf(element, tslName('URI')).map(textOf);
  if (addresses.length > maxInformationAddresses) refuseList('SchemeInformationURI has too many addresses.');
  return [...new Set(addresses)];
}

const maxInformationAddresses = 500;

const tslTypes = 'http://uri.etsi.org/TrstSvc/TrustedList/TSLType/';

/** A closed list has a NextUpdate without dateTime (TS 119 612 clause 5.3.15). */
function parseNextUpdate(scheme: XmlElement): Date | undefined {
  const dateTime = optionalChild(onlyChild(scheme, tslName('NextUpdate')), tslName('dateTime'));
  return dateTime === undefined ? undefined : parseDateTime(textOf(dateTime));
}

interface Providers {
  readonly services: readonly TrustService[];
  readonly skipped: readonly string[];
}

function parseProviders(list: XmlElement | undefined, place: Omit<ListPlace, 'providerName'>): Providers {
  const services: TrustService[] = [];
  const skipped: string[] = [];
  for (const provider of list === undefined ? [] : childrenOf(list, tslName('TrustServiceProvider'))) {
    const described = onlyChild(provider, tslName('TSPInformation'));
    const providerName = preferEnglish(childrenOf(onlyChild(described, tslName('TSPName')), tslName('Name')));
    for (const element of childrenOf(onlyChild(provider, tslName('TSPServices')), tslName('TSPService'))) {
      const service = parseOrSkip(element, { ...place, providerName }, skipped);
      if (service !== undefined) services.push(service);
    }
  }
  return { services, skipped };
}

function parseOrSkip(element: XmlElement, place: ListPlace, skipped: string[]): TrustService | undefined {
  try {
    return parseTrustService(element, place);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    skipped.push(`A service of ${place.providerName} is left out: ${refusal.message}`);
    return undefined;
  }
}
