import { createHash, sign } from 'node:crypto';
import type { Credential } from './issue-certificate.js';

/** What a test's trusted list says; the rest is the same in all of them. */
export interface ListRecipe {
  readonly territory: string;
  readonly sequence: number;
  readonly type?: 'EUgeneric' | 'EUlistofthelists';
  readonly issuedAt?: string;
  /** Null for a closed list. */
  readonly nextUpdate?: string | null;
  readonly pointers?: readonly PointerRecipe[];
  /** SchemeInformationURI. */
  readonly information?: readonly string[];
  readonly services?: readonly ServiceRecipe[];
}

export interface PointerRecipe {
  readonly territory: string;
  readonly address: string;
  readonly signer: Credential;
  readonly mimeType?: string;
}

export interface ServiceRecipe {
  readonly certificate: Credential;
  readonly status?: 'granted' | 'withdrawn';
  readonly startingAt?: string;
  readonly uses?: readonly string[];
  /** More Extension elements. */
  readonly extensions?: string;
  readonly history?: string;
  readonly type?: string;
}

const tslNamespace = 'http://uri.etsi.org/02231/v2#';
const additional = 'http://uri.etsi.org/02231/v2/additionaltypes#';
const uris = 'http://uri.etsi.org/TrstSvc/';

/** A trusted list without signature, written in canonical form so that what is written is what is signed. */
export function renderList(recipe: ListRecipe): string {
  const { nextUpdate = '2026-12-01T00:00:00Z' } = recipe;
  return [
    `<TrustServiceStatusList xmlns="${tslNamespace}" TSLTag="http://uri.etsi.org/19612/TSLTag">`,
    '<SchemeInformation><TSLVersionIdentifier>6</TSLVersionIdentifier>',
    `<TSLSequenceNumber>${recipe.sequence}</TSLSequenceNumber>`,
    `<TSLType>${uris}TrustedList/TSLType/${recipe.type ?? 'EUgeneric'}</TSLType>`,
    (recipe.information ?? []).length === 0
      ? ''
      : `<SchemeInformationURI>${(recipe.information ?? []).map((uri) => `<URI xml:lang="en">${uri}</URI>`).join('')}</SchemeInformationURI>`,
    `<SchemeTerritory>${recipe.territory}</SchemeTerritory>`,
    `<PointersToOtherTSL>${(recipe.pointers ?? []).map(renderPointer).join('')}</PointersToOtherTSL>`,
    `<ListIssueDateTime>${recipe.issuedAt ?? '2026-06-01T00:00:00Z'}</ListIssueDateTime>`,
    `<NextUpdate>${nextUpdate === null ? '' : `<dateTime>${nextUpdate}</dateTime>`}</NextUpdate></SchemeInformation>`,
    recipe.services === undefined ? '' : renderProvider(recipe.services),
    '</TrustServiceStatusList>',
  ].join('');
}

function renderPointer({ territory, address, signer, mimeType }: PointerRecipe): string {
  return [
    `<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity>${renderDigitalId(signer)}</ServiceDigitalIdentity>`,
    `</ServiceDigitalIdentities><TSLLocation>${address}</TSLLocation><AdditionalInformation>`,
    `<OtherInformation><SchemeTerritory>${territory}</SchemeTerritory></OtherInformation>`,
    `<OtherInformation><a:MimeType xmlns:a="${additional}">${mimeType ?? 'application/vnd.etsi.tsl+xml'}</a:MimeType></OtherInformation>`,
    '</AdditionalInformation></OtherTSLPointer>',
  ].join('');
}

function renderProvider(services: readonly ServiceRecipe[]): string {
  return [
    '<TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName><Name xml:lang="en">Example QTSP</Name></TSPName>',
    `</TSPInformation><TSPServices>${services.map(renderService).join('')}</TSPServices></TrustServiceProvider></TrustServiceProviderList>`,
  ].join('');
}

/** One TSPService. */
export function renderService(service: ServiceRecipe): string {
  const uses = service.uses ?? ['ForWebSiteAuthentication', 'ForeSeals'];
  const extensions = uses.map(
    (use) =>
      `<Extension Critical="true"><AdditionalServiceInformation><URI xml:lang="en">${uris}TrustedList/SvcInfoExt/${use}</URI></AdditionalServiceInformation></Extension>`,
  );
  return [
    `<TSPService><ServiceInformation><ServiceTypeIdentifier>${uris}${service.type ?? 'Svctype/CA/QC'}</ServiceTypeIdentifier>`,
    '<ServiceName><Name xml:lang="en">Example CA</Name></ServiceName>',
    `<ServiceDigitalIdentity>${renderDigitalId(service.certificate)}</ServiceDigitalIdentity>`,
    `<ServiceStatus>${uris}TrustedList/Svcstatus/${service.status ?? 'granted'}</ServiceStatus>`,
    `<StatusStartingTime>${service.startingAt ?? '2020-01-01T00:00:00Z'}</StatusStartingTime>`,
    `<ServiceInformationExtensions>${extensions.join('')}${service.extensions ?? ''}</ServiceInformationExtensions>`,
    `</ServiceInformation>${service.history ?? ''}</TSPService>`,
  ].join('');
}

function renderDigitalId({ der }: Credential): string {
  return `<DigitalId><X509Certificate>${Buffer.from(der).toString('base64')}</X509Certificate></DigitalId>`;
}

const dsNamespace = 'http://www.w3.org/2000/09/xmldsig#';
const xades = 'http://uri.etsi.org/01903/v1.3.2#';
const c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** What of a signature a test wants otherwise. */
export interface SignatureRecipe {
  readonly signatureMethod?: string;
  readonly digestMethod?: string;
  readonly documentUri?: string;
  readonly documentTransforms?: readonly string[];
  /** The certificate that KeyInfo shows, and the one that the signed properties name. */
  readonly shown?: Credential;
  readonly named?: Credential;
  readonly extraReference?: string;
  readonly extraObject?: string;
}

/** Signs with an enveloped XAdES baseline B signature as the last child of the root. */
export function signList(content: string, signer: Credential, recipe: SignatureRecipe = {}): string {
  const method = recipe.signatureMethod ?? 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';
  const digestMethod = recipe.digestMethod ?? 'http://www.w3.org/2001/04/xmlenc#sha256';
  const digest = (octets: string | Uint8Array) => createHash('sha256').update(octets).digest('base64');
  const digestParts = (octets: string | Uint8Array) =>
    `<ds:DigestMethod Algorithm="${digestMethod}"></ds:DigestMethod><ds:DigestValue>${digest(octets)}</ds:DigestValue>`;
  const reference = (attributes: string, transforms: readonly string[], octets: string) =>
    `<ds:Reference ${attributes}><ds:Transforms>${transforms.map((each) => `<ds:Transform Algorithm="${each}"></ds:Transform>`).join('')}</ds:Transforms>${digestParts(octets)}</ds:Reference>`;
  const properties = `<xades:SignedProperties xmlns:xades="${xades}" Id="signed"><xades:SignedSignatureProperties><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>${digestParts(
    (recipe.named ?? signer).der,
  )
    .replaceAll('<ds:DigestMethod', `<ds:DigestMethod xmlns:ds="${dsNamespace}"`)
    .replaceAll(
      '<ds:DigestValue',
      `<ds:DigestValue xmlns:ds="${dsNamespace}"`,
    )}</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>`;
  const signedInfo = [
    `<ds:SignedInfo xmlns:ds="${dsNamespace}"><ds:CanonicalizationMethod Algorithm="${c14n}"></ds:CanonicalizationMethod>`,
    `<ds:SignatureMethod Algorithm="${method}"></ds:SignatureMethod>`,
    reference(
      `URI="${recipe.documentUri ?? ''}"`,
      recipe.documentTransforms ?? [`${dsNamespace}enveloped-signature`, c14n],
      content,
    ),
    reference('Type="http://uri.etsi.org/01903#SignedProperties" URI="#signed"', [c14n], properties),
    recipe.extraReference ?? '',
    '</ds:SignedInfo>',
  ].join('');
  const value = sign('sha256', Buffer.from(signedInfo), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
    'base64',
  );
  const signature = [
    `<ds:Signature xmlns:ds="${dsNamespace}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>`,
    `${Buffer.from((recipe.shown ?? signer).der).toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    `<ds:Object><xades:QualifyingProperties xmlns:xades="${xades}">${properties}</xades:QualifyingProperties></ds:Object>${recipe.extraObject ?? ''}</ds:Signature>`,
  ].join('');
  const end = content.lastIndexOf('</');
  return `<?xml version="1.0" encoding="UTF-8"?>${content.slice(0, end)}${signature}${content.slice(end)}`;
}

/** SHA-256 of the certificate, as signers are pinned. */
export function pinOf({ der }: Credential): string {
  return createHash('sha256').update(der).digest('hex');
}
