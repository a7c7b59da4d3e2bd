import { readOrganizationExtension } from '../../core/src/certificate/organization-extension.js';
import { readOrganizationIdentifier } from '../../core/src/certificate/organization-identifier.js';
import { readKnownExtensions } from '../../core/src/certificate/read-known-extensions.js';
import { parseRegisterEntity } from '../../core/src/register/parse-register-entity.js';
import { parseClientMetadata } from '../../core/src/registration/parse-client-metadata.js';
import { parseJwk } from '../../core/src/registration/parse-jwk.js';
import { parseX5c } from '../../core/src/registration/parse-x5c.js';
import { readGrants } from '../../core/src/registration/read-grants.js';
import { parseAccessTokenClaims } from '../../core/src/token/parse-access-token-claims.js';
import { createGoldenCopySplitter } from '../../server/src/register/split-golden-copy.js';
import { parseListPointers } from '../../server/src/trust/parse-list-pointers.js';
import { parseQualifications } from '../../server/src/trust/parse-qualifications.js';
import { parseTrustService } from '../../server/src/trust/parse-trust-service.js';
import { parseTrustedList } from '../../server/src/trust/parse-trusted-list.js';
import { parseXml } from '../../server/src/trust/parse-xml.js';
import { readSignedInfo } from '../../server/src/trust/read-signed-info.js';
import { encode } from './der-shapes.js';

/** A parser, how many of the parts it is given at most, and what is then read; it is made before anything is timed. */
export type ParserOfValues = readonly [
  parser: { readonly name: string },
  most: number,
  prepare: (count: number) => () => unknown,
];

const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));
const record = (count: number, make: (index: number) => readonly [string, unknown]) =>
  Object.fromEntries(many(count, make));
const hosts = new Set(['bank.example']);
const tsl = 'http://uri.etsi.org/02231/v2#';

/** JSON has 5,000 values at most, an entity of the register 1 MiB; a trusted list 20 MiB, of which a twentieth shows as much. */
export const parsersOfValues: readonly ParserOfValues[] = [
  ...[
    (count: number) => ({ redirect_uris: many(count, (index) => `https://a${index}.example/`) }),
    (count: number) => ({ jwks: { keys: many(count, () => ({ x5c: ['AAAA'] })) } }),
    (count: number) => ({ contacts: many(count, (index) => `a${index}@a.example`), scope: 'aisp '.repeat(count) }),
    (count: number) => record(count, (index) => [`client_name#${index}`, 'a']),
    (count: number) => record(count, (index) => [`a${index}`, null]),
    (count: number) => ({
      grant_types: many(count, () => 'authorization_code'),
      response_types: many(count, () => 'code'),
    }),
  ].map((make) => [parseClientMetadata, 5_000, prepared(make, (value) => parseClientMetadata(value, hosts))] as const),
  [
    parseJwk,
    5_000,
    prepared(
      (count) => ({ x5c: many(count, () => 'AAAA'), key_ops: many(count, () => 'verify') }),
      (jwk) => parseJwk(jwk, 'a'),
    ),
  ],
  [
    parseX5c,
    5_000,
    prepared(
      (count) => many(count, () => 'AAAA'),
      (value) => parseX5c(value),
    ),
  ],
  [
    parseX5c,
    65_536,
    prepared(
      (count) => ['A'.repeat(count)],
      (value) => parseX5c(value),
    ),
  ],
  [
    readGrants,
    5_000,
    prepared(
      (count) => ({
        redirect_uris: many(count, (index) => `https://a${index}.example/`),
        grant_types: many(count, () => 'refresh_token' as const),
      }),
      readGrants,
    ),
  ],
  [
    parseAccessTokenClaims,
    4_096,
    prepared(
      (count) => ({ iss: 'https://a.example', aud: 'a'.repeat(count), scope: 'aisp '.repeat(count) }),
      parseAccessTokenClaims,
    ),
  ],
  [
    parseRegisterEntity,
    50_000,
    prepared((count) => entity({ Properties: many(count, () => ({ ENT_NAM: 'a' })) }), parseRegisterEntity),
  ],
  [
    parseRegisterEntity,
    50_000,
    prepared((count) => entity({ Services: many(count, () => ({ FR: ['PS_010'] })) }), parseRegisterEntity),
  ],
  [
    createGoldenCopySplitter,
    100_000,
    prepared((count) => Buffer.from(`[[],[{"a":"${'\\"'.repeat(count)}"},${'{},'.repeat(count)}{}]]`), split),
  ],
  [
    createGoldenCopySplitter,
    20,
    prepared((count) => Buffer.from(`[[],[{"a":"${'b'.repeat(count * 1_000)}"}]]`), splitByOctet),
  ],
  [
    readKnownExtensions,
    200,
    prepared(
      (count) =>
        many(count, (index) => ({ oid: `1.2.${index}`, critical: false, value: encode(0x30, new Uint8Array(0)) })),
      readKnownExtensions,
    ),
  ],
  [
    readOrganizationExtension,
    200,
    prepared(
      (count) => ({
        extensions: many(count, (index) => ({ oid: `1.2.${index}`, critical: false, value: new Uint8Array(0) })),
      }),
      readOrganizationExtension,
    ),
  ],
  [
    readOrganizationIdentifier,
    100,
    prepared(
      (count) => ({
        subject: { rdns: many(count, () => [{ type: '2.5.4.97', value: 'PSDFR-ACPR-1', encoding: 'utf8' }]) } as never,
      }),
      readOrganizationIdentifier,
    ),
  ],
  [
    parseXml,
    60_000,
    prepared(
      (count) => Buffer.from(`<a>${'<b c="d">e&amp;</b>'.repeat(count)}</a>`),
      (octets) => parseXml(octets),
    ),
  ],
  [
    parseXml,
    20_000,
    prepared(
      (count) => Buffer.from(`<a ${names(90)}>${'<b xmlns:c="u"/>'.repeat(count)}</a>`),
      (octets) => parseXml(octets),
    ),
  ],
  [
    parseXml,
    200,
    prepared(
      (count) => Buffer.from(`<a>${`<b ${many(1_000, (index) => `a${index}=""`).join(' ')}/>`.repeat(count)}</a>`),
      (octets) => parseXml(octets),
    ),
  ],
  [
    parseXml,
    2_000_000,
    prepared(
      (count) => Buffer.from(`<a ${'b="" '.repeat(count)}>`),
      (octets) => parseXml(octets),
    ),
  ],
  [
    parseTrustedList,
    20_000,
    prepared(
      (count) => Buffer.from(list('<TSPService><ServiceInformation/></TSPService>'.repeat(count))),
      parseTrustedList,
    ),
  ],
  [
    parseListPointers,
    20_000,
    ofXml(
      (count) =>
        `<P xmlns="${tsl}">${'<OtherTSLPointer><TSLLocation>https://a.example</TSLLocation></OtherTSLPointer>'.repeat(count)}</P>`,
      parseListPointers,
    ),
  ],
  [
    parseTrustService,
    20_000,
    ofXml(
      (count) => `<S xmlns="${tsl}">${'<ServiceInformation/>'.repeat(count)}</S>`,
      (element) => parseTrustService(element, place),
    ),
  ],
  [
    parseQualifications,
    20_000,
    ofXml(
      (count) => `<Q xmlns="${tsl}">${'<QualificationElement><Qualifiers/></QualificationElement>'.repeat(count)}</Q>`,
      parseQualifications,
    ),
  ],
  [
    readSignedInfo,
    20_000,
    ofXml(
      (count) =>
        `<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">${'<CanonicalizationMethod/><Reference URI=""/>'.repeat(count)}</SignedInfo>`,
      readSignedInfo,
    ),
  ],
];

const place = { territory: 'FR', listSequence: 1, providerName: 'a' };

function prepared<Value>(make: (count: number) => Value, parse: (value: Value) => unknown) {
  return (count: number) => {
    const value = make(count);
    return () => parse(value);
  };
}

function ofXml(make: (count: number) => string, parse: (element: ReturnType<typeof parseXml>) => unknown) {
  return prepared((count) => parseXml(Buffer.from(make(count))), parse);
}

function entity(members: object): object {
  return { CA_OwnerID: 'FR_ACPR', EntityCode: 'FR_ACPR!1', EntityType: 'PSD_PI', ...members };
}

function split(octets: Uint8Array): void {
  const splitter = createGoldenCopySplitter(() => undefined);
  splitter.push(octets);
  splitter.end();
}

function splitByOctet(octets: Uint8Array): void {
  const splitter = createGoldenCopySplitter(() => undefined);
  for (let at = 0; at < octets.length; at += 1) splitter.push(octets.subarray(at, at + 1));
}

function names(count: number): string {
  return many(count, (index) => `xmlns:n${index}="u"`).join(' ');
}

function list(services: string): string {
  const scheme =
    '<TSLVersionIdentifier>5</TSLVersionIdentifier><TSLSequenceNumber>1</TSLSequenceNumber><TSLType>a</TSLType><SchemeTerritory>FR</SchemeTerritory>' +
    '<ListIssueDateTime>2026-01-01T00:00:00Z</ListIssueDateTime><NextUpdate/>';
  const provider = `<TrustServiceProvider><TSPInformation><TSPName><Name xml:lang="en">a</Name></TSPName></TSPInformation><TSPServices>${services}</TSPServices></TrustServiceProvider>`;
  return `<TrustServiceStatusList xmlns="${tsl}"><SchemeInformation>${scheme}</SchemeInformation><TrustServiceProviderList>${provider}</TrustServiceProviderList></TrustServiceStatusList>`;
}
