import { Refusal } from '@postern/core/refusal/refusal.js';
import type {
  CertificateUse,
  ServiceQualification,
  ServiceStatus,
  TrustService,
} from '@postern/core/trust/trust-service.js';
import { parseDateTime, preferEnglish } from './parse-list-values.js';
import { parseQualifications } from './parse-qualifications.js';
import { refuseList } from './refuse-list.js';
import {
  attributeOf,
  childrenOf,
  decodeBase64,
  elementsOf,
  isNamed,
  onlyChild,
  optionalChild,
  textOf,
} from './walk-xml.js';
import type { XmlElement } from './xml-element.js';
import { additionalName, qualificationName, tslName } from './xml-names.js';

/** Where a service stands. */
export interface ListPlace {
  readonly territory: string;
  readonly listSequence: number;
  readonly providerName: string;
}

/** Reads one TSPService (TS 119 612 clauses 5.5 and 5.6); undefined when it is no CA/QC service. */
export function parseTrustService(element: XmlElement, place: ListPlace): TrustService | undefined {
  const current = onlyChild(element, tslName('ServiceInformation'));
  const serviceType = textOf(onlyChild(current, tslName('ServiceTypeIdentifier')));
  if (serviceType !== caQc) return undefined;
  const history = optionalChild(element, tslName('ServiceHistory'));
  const instances = history === undefined ? [] : childrenOf(history, tslName('ServiceHistoryInstance'));
  return {
    ...place,
    serviceName: preferEnglish(childrenOf(onlyChild(current, tslName('ServiceName')), tslName('Name'))),
    serviceType,
    certificates: parseCertificates(current),
    statuses: inOrder([current, ...instances.filter(isCaQc)].map(parseStatus)),
  };
}

const caQc = 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC';

function isCaQc(instance: XmlElement): boolean {
  return textOf(onlyChild(instance, tslName('ServiceTypeIdentifier'))) === caQc;
}

function parseCertificates(current: XmlElement): readonly Uint8Array[] {
  const identity = onlyChild(current, tslName('ServiceDigitalIdentity'));
  const elements = childrenOf(identity, tslName('DigitalId')).flatMap((id) =>
    childrenOf(id, tslName('X509Certificate')),
  );
  return elements.map(
    (each) => decodeBase64(textOf(each)) ?? refuseList('a certificate of its identity is not base64.'),
  );
}

/** Newest first, the current information always before the history whatever its date. */
function inOrder([current, ...history]: readonly ServiceStatus[]): readonly ServiceStatus[] {
  const sorted = history.toSorted((one, other) => other.startingAt.getTime() - one.startingAt.getTime());
  return current === undefined ? sorted : [current, ...sorted];
}

function parseStatus(instance: XmlElement): ServiceStatus {
  const extensions = parseExtensions(instance);
  const qualifications = qualificationsOf(extensions);
  return {
    status: textOf(onlyChild(instance, tslName('ServiceStatus'))),
    startingAt: parseDateTime(textOf(onlyChild(instance, tslName('StatusStartingTime')))),
    uses: [...new Set(extensions.flatMap(useOf))],
    unknownCriticalExtension: qualifications === undefined || extensions.some(isNotUnderstood),
    ...(qualifications === undefined || qualifications.length === 0 ? {} : { qualifications }),
  };
}

/** Undefined when they cannot be read. They are evaluated even where the list does not mark them critical. */
function qualificationsOf(extensions: readonly XmlElement[]): readonly ServiceQualification[] | undefined {
  try {
    return extensions
      .flatMap((extension) => childrenOf(extension, qualificationName('Qualifications')))
      .flatMap(parseQualifications);
  } catch (refusal) {
    if (refusal instanceof Refusal) return undefined;
    throw refusal;
  }
}

function parseExtensions(instance: XmlElement): readonly XmlElement[] {
  const extensions = optionalChild(instance, tslName('ServiceInformationExtensions'));
  return extensions === undefined ? [] : childrenOf(extensions, tslName('Extension'));
}

function useOf(extension: XmlElement): readonly CertificateUse[] {
  const additional = optionalChild(extension, tslName('AdditionalServiceInformation'));
  if (additional === undefined) return [];
  const use = useUris.get(textOf(onlyChild(additional, tslName('URI'))));
  return use === undefined ? [] : [use];
}

const serviceInformation = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/';

const useUris: ReadonlyMap<string, CertificateUse> = new Map([
  [`${serviceInformation}ForWebSiteAuthentication`, 'website'],
  [`${serviceInformation}ForeSeals`, 'seal'],
  [`${serviceInformation}ForeSignatures`, 'signature'],
]);

/** An extension marked critical holds nothing but what is judged, or is known to inform only (TS 119 615). */
function isNotUnderstood(extension: XmlElement): boolean {
  const critical = ['true', '1'].includes(attributeOf(extension, 'Critical')?.trim() ?? '');
  return critical && !elementsOf(extension).every((element) => understood.some((name) => isNamed(element, name)));
}

const understood = [
  qualificationName('Qualifications'),
  tslName('AdditionalServiceInformation'),
  tslName('ExpiredCertsRevocationInfo'),
  additionalName('TakenOverBy'),
];
