import { keyIdentifier } from '@postern/core/issuance/extensions.js';
import type { Qtsp } from '../qtsp/open-qtsp.js';
import type { QtspIdentity } from '../qtsp/qtsp-identity.js';
import { renderInstant } from '../world/instants.js';
import type { XmlElement } from './canonical-xml.js';
import {
  addresses,
  certificateIdentity,
  english,
  type ListIssue,
  otherListPointer,
  schemeRules,
  trustServiceStatusList,
  tsl,
} from './list-elements.js';
import { operators, type Scheme } from './open-scheme.js';
import type { ServiceStatusChange } from './scheme-state.js';

const SERVICE_EXTENSIONS = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt';

/**
 * The trusted list of FR: two providers, each with one CA/QC service for web site authentication and for seals. That of the
 * first may be withdrawn, that of the second is granted.
 */
export function nationalList(from: ListContent, issue: ListIssue): XmlElement {
  const pointer = otherListPointer({
    type: 'EUlistofthelists',
    territory: 'EU',
    operatorName: operators.lotl.name,
    location: `${from.url}/lotl.xml`,
    rules: schemeRules('EUlistofthelists'),
    signers: [from.scheme.lotl.certificate],
  });
  const scheme = {
    type: 'EUgeneric',
    territory: operators.national.country,
    operatorName: operators.national.name,
    schemeName: 'Trusted list of the Postern demo',
    rules: schemeRules('EUcommon', operators.national.country),
    pointers: [pointer],
  } as const;
  return trustServiceStatusList(
    scheme,
    issue,
    tsl(
      'TrustServiceProviderList',
      {},
      provider(from.qtsp, from.scheme.state.serviceStatuses),
      provider(from.secondQtsp, []),
    ),
  );
}

interface ListContent {
  readonly url: string;
  readonly qtsp: Qtsp;
  readonly secondQtsp: Qtsp;
  readonly scheme: Scheme;
}

function provider(qtsp: Qtsp, statuses: readonly ServiceStatusChange[]): XmlElement {
  const { organizationName, organizationIdentifier } = qtsp.identity;
  return tsl(
    'TrustServiceProvider',
    {},
    tsl(
      'TSPInformation',
      {},
      tsl('TSPName', {}, english('Name', organizationName)),
      tsl('TSPTradeName', {}, english('Name', organizationIdentifier)),
      tsl('TSPAddress', {}, ...addresses('FR')),
      tsl('TSPInformationURI', {}, english('URI', 'https://qtsp.example/')),
    ),
    tsl('TSPServices', {}, tsl('TSPService', {}, ...issuingService(qtsp, statuses))),
  );
}

/** The service as it stands, and its history when it has one (TS 119 612 clauses 5.5 and 5.6). */
function issuingService({ issuing, identity }: Qtsp, statuses: readonly ServiceStatusChange[]): readonly XmlElement[] {
  const beginning = { status: 'granted', since: issuing.certificate.notBefore.toISOString() } as const;
  const [current = beginning, ...former] = [...statuses, beginning];
  const keyId = tsl('X509SKI', {}, Buffer.from(keyIdentifier(issuing.publicKey)).toString('base64'));
  const named = tsl('DigitalId', {}, keyId);
  const history = former.map((status) =>
    tsl('ServiceHistoryInstance', {}, ...serviceAt(status, { identity, digital: [named] })),
  );
  return [
    tsl(
      'ServiceInformation',
      {},
      ...serviceAt(current, { identity, digital: [certificateIdentity(issuing.certificate), named] }),
    ),
    ...(history.length === 0 ? [] : [tsl('ServiceHistory', {}, ...history)]),
  ];
}

function serviceAt(
  { status, since }: ServiceStatusChange,
  of: { readonly identity: QtspIdentity; readonly digital: readonly XmlElement[] },
): readonly XmlElement[] {
  return [
    tsl('ServiceTypeIdentifier', {}, 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC'),
    tsl('ServiceName', {}, english('Name', `${of.identity.organizationName} Qualified CA`)),
    tsl('ServiceDigitalIdentity', {}, ...of.digital),
    tsl('ServiceStatus', {}, `http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/${status}`),
    tsl('StatusStartingTime', {}, renderInstant(new Date(since))),
    tsl('ServiceInformationExtensions', {}, grantedFor('ForWebSiteAuthentication'), grantedFor('ForeSeals')),
  ];
}

function grantedFor(use: string): XmlElement {
  return tsl(
    'Extension',
    { Critical: 'true' },
    tsl('AdditionalServiceInformation', {}, english('URI', `${SERVICE_EXTENSIONS}/${use}`)),
  );
}
