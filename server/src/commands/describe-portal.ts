import { requiredHeaders } from '@postern/core/guard/guard-call.js';
import { ruleCatalogue } from '@postern/core/qualification/rule-catalogue.js';
import { parseHeaderList } from '@postern/core/signature/header-list.js';
import { renderHttpDate } from '@postern/core/signature/parse-http-date.js';
import { requiredCoverage } from '@postern/core/signature/required-coverage.js';
import { buildSigningString } from '@postern/core/signature/signing-string.js';
import { recentDays } from '../gateway/parse-transaction-query.js';
import { transactionsPerPage } from '../gateway/read-accounts.js';
import { resourcePaths, resourceScope } from '../gateway/route.js';
import { mostHeaders } from '../http/guard-request-head.js';
import { largestHead } from '../http/listen.js';
import { largestBody } from '../http/read-body.js';
import { inactivitySeconds, longestSeconds, oneTimeCodeSeconds } from '../oauth/authorization-settings.js';
import { describeServer } from '../oauth/describe-server.js';
import type { DescribePortal } from '../portal/portal-facts.js';
import type { Realm } from '../realm.js';
import { mostFailures } from '../store/psu-attempts.js';

/** What the articles of the portal say of a realm: from the configuration, and from the very constants that features decide by. */
export const describePortal: DescribePortal = (realm, config) => {
  const brand = config.brands.find(({ id }) => id === realm.brand.id);
  if (brand === undefined) throw new Error(`no brand has the id ${realm.brand.id}`);
  const { tokens, signature, watch, installation } = config;
  const { registrationsPerMinute, updatesPerMinute, wrongTokensPerMinute, clientsPerOrganization } = brand.registration;
  return {
    demo: installation.demo,
    seconds: {
      authorizationCode: tokens.authorizationCodeSeconds,
      accessToken: tokens.accessTokenSeconds,
      refreshGrace: tokens.refreshGraceSeconds,
      grant: tokens.grantDays * 86_400,
      inactivity: inactivitySeconds,
      longestAuthorization: longestSeconds,
      oneTimeCode: oneTimeCodeSeconds,
      dateWindow: signature.dateWindowSeconds,
    },
    counts: {
      bodyBytes: largestBody,
      headBytes: largestHead,
      headers: mostHeaders,
      transactionsPerPage,
      recentDays,
      failures: mostFailures,
      registrationsPerMinute,
      updatesPerMinute,
      wrongTokensPerMinute,
      clientsPerOrganization,
    },
    metadata: describeServer(realm),
    resources: resourcePaths.map((path) => ({
      method: 'GET',
      path: path.replaceAll(/:(\w+)/g, '{$1}'),
      scope: resourceScope,
    })),
    signature: describeSignature(realm),
    warningDays: watch.warningDays,
    testCertificates: config.sandbox.directory === undefined ? 'none' : brand.sandbox.agreement,
    rules: ruleCatalogue.map(({ id, title, clause, refusal }) => ({ id, title, clause, refusal })),
  };
};

/** The signing string of a first call, of the day of RFC 9110's own example. */
function describeSignature(realm: Realm) {
  const headers = parseHeaderList([
    'Host',
    new URL(realm.apiUrl).host,
    'Date',
    renderHttpDate(new Date('1994-11-06T08:49:37Z')) ?? '',
    'X-Request-Id',
    'a1b2c3d4-0000-4000-8000-000000000001',
  ]);
  const coverageOf = (hasBody: boolean) => requiredCoverage({ headers, hasBody, requireDigestWithoutBody: false });
  const covered = coverageOf(false);
  const target = `${realm.prefix}/stet-psd2-api/v1${resourcePaths[0]}`;
  return {
    headers: requiredHeaders,
    covered,
    coveredWithBody: coverageOf(true).filter((name) => !covered.includes(name)),
    example: buildSigningString({ method: 'GET', target, headers }, covered),
  };
}
