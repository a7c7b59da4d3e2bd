import type { Certificate } from '@postern/core/certificate/certificate.js';
import { renderInstant } from '../world/instants.js';
import { indented, vocabulary, type XmlChild, type XmlElement } from './canonical-xml.js';

/** What changes each time a list is issued. */
export interface ListIssue {
  readonly sequence: number;
  readonly issuedAt: Date;
  readonly nextUpdate: Date;
}

/** Scheme information that differs between the two lists. */
export interface SchemeDescription {
  readonly type: 'EUlistofthelists' | 'EUgeneric';
  readonly territory: string;
  readonly operatorName: string;
  readonly schemeName: string;
  readonly rules: readonly string[];
  readonly pointers: readonly XmlElement[];
}

/** Another list that a list points to. */
export interface ListPointer {
  readonly type: SchemeDescription['type'];
  readonly territory: string;
  readonly operatorName: string;
  readonly location: string;
  readonly rules: readonly string[];
  readonly signers: readonly Certificate[];
}

const NAMESPACE = 'http://uri.etsi.org/02231/v2#';
const TRUSTED_LIST = 'http://uri.etsi.org/TrstSvc/TrustedList';

/** Elements of the list's own namespace. */
export const tsl = vocabulary(NAMESPACE, '');
const additional = vocabulary('http://uri.etsi.org/02231/v2/additionaltypes#', 'tslx');

/** A TrustServiceStatusList of version 6 (TS 119 612 clause 5), without its signature. */
export function trustServiceStatusList(scheme: SchemeDescription, issue: ListIssue, providers: XmlChild): XmlElement {
  const root = tsl(
    'TrustServiceStatusList',
    { Id: 'TrustServiceStatusList', TSLTag: 'http://uri.etsi.org/19612/TSLTag' },
    schemeInformation(scheme, issue),
    providers,
  );
  return indented(root);
}

/** OtherTSLPointer (TS 119 612 clause 5.3.13). */
export function otherListPointer(pointer: ListPointer): XmlElement {
  return tsl(
    'OtherTSLPointer',
    {},
    tsl(
      'ServiceDigitalIdentities',
      {},
      ...pointer.signers.map((signer) => tsl('ServiceDigitalIdentity', {}, certificateIdentity(signer))),
    ),
    tsl('TSLLocation', {}, pointer.location),
    tsl(
      'AdditionalInformation',
      {},
      otherInformation(tsl('TSLType', {}, listType(pointer.type))),
      otherInformation(tsl('SchemeTerritory', {}, pointer.territory)),
      otherInformation(additional('MimeType', {}, 'application/vnd.etsi.tsl+xml')),
      otherInformation(tsl('SchemeOperatorName', {}, english('Name', pointer.operatorName))),
      otherInformation(tsl('SchemeTypeCommunityRules', {}, ...pointer.rules.map((rule) => english('URI', rule)))),
    ),
  );
}

/** DigitalId with the certificate. */
export function certificateIdentity(certificate: Certificate): XmlElement {
  return tsl('DigitalId', {}, tsl('X509Certificate', {}, Buffer.from(certificate.der).toString('base64')));
}

/** An element whose text is English. */
export function english(name: string, text: string): XmlElement {
  return tsl(name, { 'xml:lang': 'en' }, text);
}

/** Postal and electronic address, as scheme operators and providers give them alike. */
export function addresses(country: string): readonly XmlElement[] {
  return [
    tsl(
      'PostalAddresses',
      {},
      tsl(
        'PostalAddress',
        { 'xml:lang': 'en' },
        tsl('StreetAddress', {}, '1 Example Street'),
        tsl('Locality', {}, 'Example'),
        tsl('PostalCode', {}, '00000'),
        tsl('CountryName', {}, country),
      ),
    ),
    tsl(
      'ElectronicAddress',
      {},
      english('URI', 'mailto:nobody@postern.example'),
      english('URI', 'https://postern.example/'),
    ),
  ];
}

/** Community rules of a territory. */
export function schemeRules(...names: readonly string[]): readonly string[] {
  return names.map((name) => `${TRUSTED_LIST}/schemerules/${name}`);
}

function schemeInformation(scheme: SchemeDescription, issue: ListIssue): XmlElement {
  return tsl(
    'SchemeInformation',
    {},
    tsl('TSLVersionIdentifier', {}, '6'),
    tsl('TSLSequenceNumber', {}, String(issue.sequence)),
    tsl('TSLType', {}, listType(scheme.type)),
    tsl('SchemeOperatorName', {}, english('Name', scheme.operatorName)),
    tsl('SchemeOperatorAddress', {}, ...addresses(scheme.territory === 'EU' ? 'BE' : scheme.territory)),
    tsl('SchemeName', {}, english('Name', `${scheme.territory}:${scheme.schemeName}`)),
    tsl('SchemeInformationURI', {}, english('URI', 'https://postern.example/scheme')),
    tsl(
      'StatusDeterminationApproach',
      {},
      `${TRUSTED_LIST}/StatusDetn/${scheme.type === 'EUgeneric' ? 'EUappropriate' : 'EUlistofthelists'}`,
    ),
    tsl('SchemeTypeCommunityRules', {}, ...scheme.rules.map((rule) => english('URI', rule))),
    tsl('SchemeTerritory', {}, scheme.territory),
    tsl(
      'PolicyOrLegalNotice',
      {},
      english('TSLLegalNotice', 'For demonstration and tests only: this list has no legal effect.'),
    ),
    tsl('HistoricalInformationPeriod', {}, '65535'),
    tsl('PointersToOtherTSL', {}, ...scheme.pointers),
    tsl('ListIssueDateTime', {}, renderInstant(issue.issuedAt)),
    tsl('NextUpdate', {}, tsl('dateTime', {}, renderInstant(issue.nextUpdate))),
  );
}

function otherInformation(content: XmlElement): XmlElement {
  return tsl('OtherInformation', {}, content);
}

function listType(type: SchemeDescription['type']): string {
  return `${TRUSTED_LIST}/TSLType/${type}`;
}
