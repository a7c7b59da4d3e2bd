import { parseOrganizationIdentifier } from '../../core/src/certificate/organization-identifier.js';
import { parseCertificateText } from '../../core/src/certificate/parse-certificate-text.js';
import { parseCertificationRequest } from '../../core/src/certificate/parse-certification-request.js';
import { readBearerToken } from '../../core/src/guard/read-bearer-token.js';
import { parsePem } from '../../core/src/issuance/pem.js';
import { parseJson } from '../../core/src/json/parse-json.js';
import { findNameDoubts } from '../../core/src/registration/find-name-doubts.js';
import { isLanguageTag } from '../../core/src/registration/language-tag.js';
import { readInlineLogo } from '../../core/src/registration/logo.js';
import { findRedirectUriFaults } from '../../core/src/registration/redirect-uri.js';
import { parseDigest } from '../../core/src/signature/digest.js';
import { parseHeaderList, readSingleHeader } from '../../core/src/signature/header-list.js';
import { parseBase64 } from '../../core/src/signature/parse-base64.js';
import { parseHttpDate } from '../../core/src/signature/parse-http-date.js';
import { parseSignatureHeader } from '../../core/src/signature/parse-signature-header.js';
import { readSigningString } from '../../core/src/signature/verify-request-signature.js';
import { parseScope } from '../../core/src/token/scope-set.js';
import { judgeTarget } from '../../server/src/fetch/judge-target.js';
import { parseTransactionQuery } from '../../server/src/gateway/parse-transaction-query.js';
import { guardRequestHead } from '../../server/src/http/guard-request-head.js';
import { holdsPrivateKey } from '../../server/src/http/holds-private-key.js';
import { readHostCookie } from '../../server/src/http/host-cookie.js';
import { parseForm } from '../../server/src/http/parse-form.js';
import { parseMultipart } from '../../server/src/http/parse-multipart.js';
import { preferredLang } from '../../server/src/http/preferred-lang.js';
import { prefersPage } from '../../server/src/http/prefers-page.js';
import { requireMediaType } from '../../server/src/http/require-media-type.js';
import { readBrowserSecret, readSecrets, readStageToken } from '../../server/src/oauth/browser.js';
import {
  parseAuthorizationWish,
  parseClientId,
  readReturnableState,
} from '../../server/src/oauth/parse-authorization-request.js';
import { parseTokenRequest } from '../../server/src/oauth/parse-token-request.js';
import { parseAnswer } from '../../server/src/operator/parse-answer.js';
import { parseReason } from '../../server/src/operator/parse-reason.js';
import { parseSought } from '../../server/src/operator/parse-sought.js';
import { parseSuspension } from '../../server/src/operator/parse-suspension.js';
import { readSessionSecret } from '../../server/src/operator/session-cookie.js';
import { readAttempt } from '../../server/src/operator/sign-in-attempt.js';
import { parseFeedback } from '../../server/src/portal/parse-feedback.js';
import { parsePastedRequest } from '../../server/src/portal/parse-pasted-request.js';
import { readQuery } from '../../server/src/portal/search-index.js';
import { parseCorrections } from '../../server/src/register/parse-corrections.js';
import { parseFileMetadata } from '../../server/src/register/parse-file-metadata.js';
import { readExposedToken } from '../../server/src/registration/refuse-exposed-token.js';
import { requireMatch } from '../../server/src/registration/registration-etag.js';
import { parseApplication } from '../../server/src/sandbox/examine-application.js';
import { parseOwner, readOwnerCookie } from '../../server/src/sandbox/pages/owner-cookie.js';
import { showAgain } from '../../server/src/sandbox/pages/read-submission.js';
import {
  parseNothing,
  parseRelease,
  parseRenewal,
  parseRevocation,
  parseStanding,
  readSeal,
  readValue,
} from '../../server/src/sandbox/parse-request.js';
import type { RegisteredClient } from '../../server/src/store/clients.js';
import { parseDateTime } from '../../server/src/trust/parse-list-values.js';
import { parseXml } from '../../server/src/trust/parse-xml.js';
import { readElements } from '../../server/src/trust/read-elements.js';

/** A parser, the most characters that it is given, and how it is given them. */
export type ParserOfTexts = readonly [parser: { readonly name: string }, most: number, give: (text: string) => unknown];

const octets = (text: string) => Buffer.from(text);
const headers = (name: string, value: string) => parseHeaderList([name, value]);
const client = { metadata: { redirect_uris: [], scope: 'aisp' } } as unknown as RegisteredClient;
const form = (text: string) => (name: string) =>
  name === 'answer' ? 'refuse' : name === 'kind' ? 'other' : name === 'page' ? '' : text;
const header = 16_384;
const body = 65_536;

/** Where a limit stands in the configuration of a listener: 16 KiB of headers, 64 KiB of a body. */
export const parsersOfTexts: readonly ParserOfTexts[] = [
  [parseHeaderList, body, (text) => headers('x-a', text)],
  [parseHeaderList, body, (text) => parseHeaderList(text.split('\n').flatMap((line) => [line, line]))],
  [readSingleHeader, header, (text) => readSingleHeader(headers('x-a', text), 'x-a')],
  [parseSignatureHeader, 8_192, parseSignatureHeader],
  [parseSignatureHeader, 8_192, (text) => parseSignatureHeader(`keyId="a"${text},algorithm="b"`)],
  [parseSignatureHeader, 8_192, (text) => parseSignatureHeader(`keyId="a",signature="b",headers="${text}"`)],
  [parseDigest, 2_048, parseDigest],
  [parseDigest, 2_048, (text) => parseDigest(`SHA-256=${text}`)],
  [parseBase64, body, (text) => parseBase64(text, body)],
  [parseHttpDate, header, (text) => [parseHttpDate(text), parseHttpDate('')]],
  [
    readBearerToken,
    header,
    (text) => readBearerToken({ headers: headers('authorization', `Bearer ${text}`), target: '/' }),
  ],
  [readBearerToken, header, (text) => readBearerToken({ headers: new Map(), target: `/?${text}` })],
  [guardRequestHead, 8_192, (target) => guardRequestHead({ ...head, target: `/${target}` }, places)],
  [guardRequestHead, header, (text) => guardRequestHead({ ...head, rawHeaders: ['host', text] }, places)],
  [readHostCookie, header, (text) => readHostCookie(text, 'a')],
  [readBrowserSecret, header, readBrowserSecret],
  [readSecrets, header, (text) => readSecrets(text, 'a')],
  [readStageToken, body, (text) => readStageToken(['a', 'b'], { id: 'c', token: text })],
  [readExposedToken, 8_192, (text) => readExposedToken(`/?${text}`)],
  [readSigningString, body, (text) => readSigningString(signedRequest(text))],
  [readSessionSecret, header, readSessionSecret],
  [readOwnerCookie, header, (text) => readOwnerCookie('a', text)],
  [readOwnerCookie, header, (text) => readOwnerCookie('a', `__Host-postern-sandbox-a=${text}`)],
  [parseOwner, header, (text) => parseOwner(text, text)],
  [
    readAttempt,
    header,
    (text) => readAttempt({ cookieHeader: `__Host-postern-console-sign-in=${text}`, state: text }, new Date(0)),
  ],
  [preferredLang, header, preferredLang],
  [prefersPage, header, (text) => prefersPage(text, true)],
  [requireMediaType, header, (text) => requireMediaType(`application/json${text}`, 'application/json')],
  [requireMatch, header, (text) => requireMatch(text, 'a')],
  [parseMultipart, header, (text) => parseMultipart(`multipart/form-data${text}`, octets(''))],
  [
    parseMultipart,
    body,
    (text) => parseMultipart('multipart/form-data; boundary=a', octets(`--a\r\n${text}\r\n--a--\r\n`)),
  ],
  [
    parseMultipart,
    body,
    (text) =>
      parseMultipart('multipart/form-data; boundary=a', octets(`--a\r\nContent-Disposition: form-data; name="${text}`)),
  ],
  [parseForm, body, (text) => parseForm(octets(text))],
  [parseForm, body, (text) => parseForm(octets(text), new Set(['', 'a']))],
  [
    parseTokenRequest,
    body,
    (text) =>
      parseTokenRequest(
        new Map([
          ['client_id', [text]],
          ['grant_type', ['client_credentials']],
          ['scope', [text]],
        ]),
      ),
  ],
  [
    parseTokenRequest,
    body,
    (text) =>
      parseTokenRequest(
        new Map([
          ['client_id', ['a']],
          ['grant_type', ['authorization_code']],
          ['code', [text]],
          ['code_verifier', [text]],
        ]),
      ),
  ],
  [parseScope, body, parseScope],
  [parseClientId, 8_192, (text) => parseClientId(new URLSearchParams(text))],
  [readReturnableState, 8_192, (text) => readReturnableState(new URLSearchParams({ state: text }))],
  [parseAuthorizationWish, 8_192, (text) => parseAuthorizationWish(new URLSearchParams(text), client)],
  [parseTransactionQuery, 8_192, (text) => parseTransactionQuery(text, new Date(0), false)],
  [parseTransactionQuery, 8_192, (text) => parseTransactionQuery(`dateFrom=${text}`, new Date(0), false)],
  [parseJson, body, (text) => parseJson(octets(text))],
  [parseJson, body, (text) => parseJson(octets(`{"a":"${text}"}`))],
  [readValue, body, (text) => readValue(octets(text))],
  [parseRenewal, body, (text) => parseRenewal(octets(JSON.stringify({ website_csr: text, seal_csr: text })))],
  [parseRevocation, body, (text) => parseRevocation(octets(JSON.stringify({ serial_number: text, reason: text })))],
  [parseRelease, body, (text) => parseRelease(octets(JSON.stringify({ serial_number: text })))],
  [parseStanding, body, (text) => parseStanding(octets(JSON.stringify({ state: text })))],
  [parseNothing, body, (text) => parseNothing(octets(JSON.stringify({ [text]: text })))],
  [
    parseApplication,
    body,
    (text) =>
      parseApplication(
        octets(JSON.stringify({ organization_name: text, contact: text, roles: [text], website_csr: text })),
      ),
  ],
  [readSeal, 32_768, readSeal],
  [parseCertificationRequest, 32_768, parseCertificationRequest],
  [
    parseCertificationRequest,
    32_768,
    (text) => parseCertificationRequest(`-----BEGIN CERTIFICATE REQUEST-----${text}-----END CERTIFICATE REQUEST-----`),
  ],
  [parseCertificateText, 262_144, parseCertificateText],
  [parsePem, body, (text) => parsePem(text, ['CERTIFICATE'])],
  [parsePem, body, (text) => parsePem(`-----BEGIN CERTIFICATE-----${text}`, ['CERTIFICATE'])],
  [holdsPrivateKey, 262_144, holdsPrivateKey],
  [showAgain, body, (text) => showAgain(`-----BEGIN CERTIFICATE REQUEST-----${text}`)],
  [parsePastedRequest, body, parsePastedRequest],
  [parsePastedRequest, body, (text) => parsePastedRequest(`GET /x HTTP/1.1\nHost: h\nX-A: ${text}\n\n`)],
  [parsePastedRequest, body, (text) => parsePastedRequest(`POST /x HTTP/1.1\nHost: h\n\n${text}`)],
  [parseFeedback, body, (text) => parseFeedback(form(text))],
  [readQuery, 8_192, readQuery],
  [parseReason, body, (text) => parseReason(text, 500)],
  [parseAnswer, body, (text) => parseAnswer(form(text), 'agree')],
  [parseSuspension, body, (text) => parseSuspension(form(text))],
  [parseSought, body, parseSought],
  [
    findRedirectUriFaults,
    2_000,
    (text) => findRedirectUriFaults(text, new Set(['bank.example']), { nativeRedirects: true }),
  ],
  [findRedirectUriFaults, 2_000, (text) => findRedirectUriFaults(`https://${text}`, new Set(['bank.example']))],
  [judgeTarget, 2_000, (text) => judgeTarget(`https://${text}`, { allowHosts: new Set() } as never)],
  [findNameDoubts, 2_000, (text) => findNameDoubts(text, ['Banque Démo', 'Demo Bank'])],
  [isLanguageTag, 2_000, isLanguageTag],
  [readInlineLogo, 32_768, readInlineLogo],
  [parseOrganizationIdentifier, 4_096, parseOrganizationIdentifier],
  [parseOrganizationIdentifier, 4_096, (text) => parseOrganizationIdentifier(`PSDFR-ACPR-${text}`)],
  [parseDateTime, body, parseDateTime],
  [
    parseFileMetadata,
    body,
    (text) => parseFileMetadata(octets(JSON.stringify({ timestamp: text, sha256_hash: text })), 'https://a.example'),
  ],
  [parseCorrections, 32_768, (text) => parseCorrections(octets(JSON.stringify({ entries: [text] })))],
  [parseXml, 262_144, (text) => parseXml(octets(text))],
  [parseXml, 262_144, (text) => parseXml(octets(`<a>${text}</a>`))],
  [parseXml, 262_144, (text) => parseXml(octets(`<a b="${text}"/>`))],
  [readElements, 262_144, (text) => readElements(`<a ${text}/>`)],
  [readElements, 262_144, (text) => readElements(`<a></a${text}>`)],
];

const signature = 'keyId="a",algorithm="rsa-sha256",headers="(request-target) x-a",signature="AAAA"';
const signedRequest = (text: string) => ({
  method: 'GET',
  target: '/',
  headers: parseHeaderList(['signature', signature, ...text.split('\n').flatMap((line) => ['x-a', line])]),
  body: new Uint8Array(0),
});
const head = { method: 'GET', version: '1.1', target: '/', rawHeaders: ['host', 'h'], serverName: undefined };
const places = { hosts: new Set(['h']), base64Below: ['/ocsp/'] };
