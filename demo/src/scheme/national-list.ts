import { QTSP_NAME } from '../qtsp/create-qtsp.js';
import type { Qtsp } from '../qtsp/open-qtsp.js';
import { renderInstant } from '../world/instants.js';
import { keyIdentifier } from '../x509/extensions.js';
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

const SERVICE_EXTENSIONS = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt';

/** The trusted list of FR: one provider with one CA/QC service, granted for web site authentication and for seals. */
export function nationalList(from: { url: string; qtsp: Qtsp; scheme: Scheme }, issue: ListIssue): XmlElement {
  const pointer = otherListPointer({
    type: 'EUlistofthelists',
    territory: 'EU',
    operatorName: operators.lotl.name,
    location: `${from.url}/lotl.xml`,
    rules: schemeRules('EUlistofthelists'),
    signer: from.scheme.lotl,
  });
  const scheme = {
    type: 'EUgeneric',
    territory: operators.national.country,
    operatorName: operators.national.name,
    schemeName: 'Trusted list of the Postern demo',
    rules: schemeRules('EUcommon', operators.national.country),
    pointers: [pointer],
  } as const;
  return trustServiceStatusList(scheme, issue, tsl('TrustServiceProviderList', {}, provider(from.qtsp)));
}

function provider(qtsp: Qtsp): XmlElement {
  return tsl(
    'TrustServiceProvider',
    {},
    tsl(
      'TSPInformation',
      {},
      tsl('TSPName', {}, english('Name', QTSP_NAME)),
      tsl('TSPTradeName', {}, english('Name', 'NTRFR-000000000')),
      tsl('TSPAddress', {}, ...addresses('FR')),
      tsl('TSPInformationURI', {}, english('URI', 'https://qtsp.example/')),
    ),
    tsl('TSPServices', {}, tsl('TSPService', {}, issuingService(qtsp))),
  );
}

function issuingService({ issuing }: Qtsp): XmlElement {
  return tsl(
    'ServiceInformation',
    {},
    tsl('ServiceTypeIdentifier', {}, 'http://uri.etsi.org/TrstSvc/Svctype/CA/QC'),
    tsl('ServiceName', {}, english('Name', 'Postern Demo QTSP Qualified CA')),
    tsl(
      'ServiceDigitalIdentity',
      {},
      certificateIdentity(issuing),
      tsl('DigitalId', {}, tsl('X509SKI', {}, Buffer.from(keyIdentifier(issuing.publicKey)).toString('base64'))),
    ),
    tsl('ServiceStatus', {}, 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted'),
    tsl('StatusStartingTime', {}, renderInstant(issuing.certificate.notBefore)),
    tsl('ServiceInformationExtensions', {}, grantedFor('ForWebSiteAuthentication'), grantedFor('ForeSeals')),
  );
}

function grantedFor(use: string): XmlElement {
  return tsl(
    'Extension',
    { Critical: 'true' },
    tsl('AdditionalServiceInformation', {}, english('URI', `${SERVICE_EXTENSIONS}/${use}`)),
  );
}
