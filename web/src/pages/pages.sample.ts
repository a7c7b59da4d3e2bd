import type { Finding } from '@postern/core/qualification/finding.js';
import type { Environment, Lang, PageContext } from '../page-context.js';
import type { EnvironmentAddresses } from '../views/environment-addresses.js';
import { journeySteps } from '../views/journey-view.js';
import { type PortalNavigation, type PortalPage, portalPages } from '../views/portal-navigation.js';
import type { ThirdParty } from '../views/third-party.js';
import { renderArticlePages } from './articles.sample.js';
import { renderCertificateCheckPage } from './certificate-check-page.js';
import { renderCertificateNeededPage } from './certificate-needed-page.js';
import { renderConsentPage } from './consent-page.js';
import { renderContactPage } from './contact-page.js';
import { renderErrorPage } from './error-page.js';
import { renderErrorsPage } from './errors-page.js';
import { renderIndexPage } from './index-page.js';
import { renderJourneyPage } from './journey-page.js';
import { renderMyRegistrationsPage } from './my-registrations-page.js';
import { renderConsolePages } from './operator/console.sample.js';
import { renderOwnRegistrationsPage } from './own-registrations-page.js';
import { renderPhonePage } from './phone-page.js';
import { renderRegistrationPage } from './registration-page.js';
import { renderSecondFactorPage } from './second-factor-page.js';
import { renderSignInPage } from './sign-in-page.js';
import { renderStartPage } from './start-page.js';
import { renderTestCertificatePages } from './test-certificates.sample.js';

/** A context for tests: production of a bank that is not a demonstration, unless told otherwise. */
export function sampleContext(lang: Lang, more: Partial<PageContext> = {}): PageContext {
  return {
    lang,
    brand: { id: 'a-bank', name: 'A Bank' },
    environment: 'production',
    demo: false,
    alternates: { fr: '/a-bank/fr/page', en: '/a-bank/en/page' },
    stylesheets: ['/assets/postern.0123.css', '/a-bank/brand.css'],
    ...more,
  };
}

export const sampleTpp: ThirdParty = {
  legalName: 'Comptes Clairs SAS',
  clientName: 'Mes comptes',
  organizationIdentifier: 'PSDFR-ACPR-12345',
};

export const sampleFindings: readonly Finding[] = (
  ['pass', 'fail', 'warn', 'indeterminate', 'not-applicable'] as const
).map((outcome) => ({
  rule: `time.${outcome}`,
  layer: 'time',
  title: `Rule that is ${outcome}`,
  outcome,
  found: 'an end in the past',
  expected: 'an end in the future',
  clause: 'RFC 5280, 6.1.3 (a)(2)',
  remedy: outcome === 'pass' ? '' : 'Present a renewed certificate.',
}));

const until = new Date('2027-05-21T07:46:00Z');
const form = { action: '/a-bank/oauth2/answer', formToken: 'token-of-the-form' };
const navigation: PortalNavigation = {
  index: '/',
  pages: portalPages,
  ...(Object.fromEntries(portalPages.map((page) => [page, `/a-bank/fr/developers/${page}`])) as Record<
    PortalPage,
    string
  >),
};

/** Every page in every state that changes its structure. */
export function samplePages(context: PageContext, tpp: ThirdParty = sampleTpp): Readonly<Record<string, string>> {
  const { brand: _brand, environment: _environment, ...site } = context;
  return {
    ...psuPages(context, tpp),
    ...errorPages(context, tpp),
    ...developerPages(context),
    ...renderTestCertificatePages(context, navigation, tpp.legalName),
    ...renderConsolePages(site, tpp),
  };
}

function psuPages(context: PageContext, tpp: ThirdParty): Record<string, string> {
  const accounts = [
    {
      resourceId: 'a1',
      name: 'Current',
      iban: 'FR7630004000031234567890143',
      kind: 'CACC',
      balance: { amount: '2480.15', currency: 'EUR' },
    },
    { resourceId: 'c1', name: 'Card', iban: 'FR7630004000035555666677788', kind: 'CARD' },
  ] as const;
  const signIn = {
    tpp,
    scopes: ['aisp', 'extended_transaction_history', 'cbpii', 'pisp'],
    expiresAt: until,
    ...form,
  } as const;
  const factor = { tpp, destination: '•• •• •• •• 42', ...form };
  const consent = { tpp, scopes: ['aisp'], accounts, expiresAt: until, ...form } as const;
  return {
    signIn: renderSignInPage(context, signIn),
    signInAgain: renderSignInPage(context, {
      ...signIn,
      problem: 'credentials-wrong',
      attemptsLeft: 1,
      userName: applicationOf(tpp),
      demoUsers: [{ user: 'camille', password: 'camille-1', name: 'Camille' }],
    }),
    passwordMissing: renderSignInPage(context, { ...signIn, problem: 'password-missing' }),
    secondFactor: renderSecondFactorPage(context, { ...factor, phoneUrl: '/phone' }),
    secondFactorAgain: renderSecondFactorPage(context, { ...factor, problem: 'code-wrong', attemptsLeft: 3 }),
    consent: renderConsentPage(context, { ...consent, selected: ['a1'] }),
    consentAgain: renderConsentPage(context, {
      ...consent,
      problem: 'account-missing',
      permissionsUrl: '/permissions',
    }),
    ...unnamedPages(context, tpp),
    consentWithLogo: renderConsentPage(context, { ...consent, tpp: { ...tpp, logo: '/a-bank/logos/0123.png' } }),
    consentWithoutAccounts: renderConsentPage(context, { ...consent, accounts: [] }),
    phone: renderPhonePage(context, {
      psuName: 'Camille',
      messages: [{ at: until, text: `493201 for ${applicationOf(tpp)}` }],
    }),
  };
}

/** Where the name of the application may not be shown. */
function unnamedPages(context: PageContext, { legalName, organizationIdentifier }: ThirdParty): Record<string, string> {
  const tpp = { legalName, organizationIdentifier };
  return {
    secondFactorUnnamed: renderSecondFactorPage(context, { tpp, destination: '42', ...form }),
    consentUnnamed: renderConsentPage(context, { tpp, scopes: ['aisp'], accounts: [], expiresAt: until, ...form }),
  };
}

function applicationOf(tpp: ThirdParty): string {
  return tpp.clientName ?? tpp.legalName;
}

function errorPages(context: PageContext, tpp: ThirdParty): Record<string, string> {
  const application = applicationOf(tpp);
  return {
    errorOfReader: renderErrorPage(context, {
      code: 'AUTHORIZATION_NOT_FOUND',
      correlationId: 'c-1',
      at: until,
      returnHint: { application },
    }),
    errorOfApplication: renderErrorPage(context, {
      code: 'REDIRECT_NOT_REGISTERED',
      message: `redirect_uri of ${application}`,
      correlationId: 'c-2',
      returnHint: { application },
      findings: sampleFindings,
    }),
    errorWithoutBrand: renderErrorPage(
      { lang: context.lang, demo: context.demo, alternates: context.alternates, stylesheets: context.stylesheets },
      { code: 'NOT_FOUND', correlationId: 'c-3' },
    ),
  };
}

function developerPages(context: PageContext): Record<string, string> {
  const environments = [addressesOf('production'), addressesOf('sandbox')];
  return {
    ...renderArticlePages(context, { navigation, environments }),
    ...contactPages(context),
    ...ownPages(context, environments),
    ...journeyPages(context),
    index: renderIndexPage(context, {
      installation: 'A group',
      brands: [{ id: 'a-bank', name: 'A Bank', color: '#00558c', start: '/a-bank/fr/developers/' }],
    }),
    errors: renderErrorsPage(context, {
      navigation,
      refusals: [{ code: 'CERTIFICATE_EXPIRED', status: 401, error: 'invalid_client' }],
    }),
    start: renderStartPage(context, {
      navigation,
      environments,
      certificateCheck: { command: 'curl …', answer: '{"outcome":"qualified"}' },
    }),
    registration: renderRegistrationPage(context, {
      navigation,
      environments,
      scopes: [
        {
          scope: 'aisp',
          role: 'PSP_AI',
          registerService: 'PS_080',
          grantTypes: ['authorization_code', 'refresh_token'],
        },
        {
          scope: 'extended_transaction_history',
          role: 'PSP_AI',
          registerService: 'PS_080',
          grantTypes: ['authorization_code'],
          requires: 'aisp',
        },
      ],
      lifetimes: { authorizationCode: 60, accessToken: 900, grant: 15_552_000, idempotency: 86_400 },
      limits: { bodyBytes: 65_536, redirectUris: 7, keys: 9 },
      allBrands: [{ environment: 'production', registrations: 'https://api.example/all/oauth2/registrations' }],
      example: { request: 'POST /registrations', answer: 'HTTP/1.1 201 Created' },
      refusals: [{ code: 'METADATA_INVALID', status: 400, error: 'invalid_client_metadata' }],
    }),
  };
}

function contactPages(context: PageContext): Record<string, string> {
  const form = { kind: undefined, page: undefined, message: '', email: '' } as const;
  const view = { navigation, formToken: 't', contacts: {}, form, problems: [], longestMessage: 4_000 };
  const problems = ['kind-missing', 'message-missing', 'email-wrong'] as const;
  const contacts = { email: 'psd2@bank.example', phone: '+33 1 23 45 67 89', hours: '9 – 18' };
  return {
    contact: renderContactPage(context, { ...view, contacts }),
    contactAgain: renderContactPage(context, { ...view, problems, form: { ...form, page: 'errors', email: 'x' } }),
    contactSent: renderContactPage(context, { ...view, reference: 'r-1' }),
  };
}

function journeyPages(context: PageContext): Record<string, string> {
  const [first, ...others] = journeySteps;
  const facts = {
    issuer: 'https://api.example/sandbox/a-bank',
    api: 'https://api.example/sandbox/a-bank/stet-psd2-api/v1',
    authorization: 'https://www.example/sandbox/a-bank/oauth2/fr/authorize',
    redirectUri: 'https://tpp.example/callback',
  };
  const view = { navigation, formToken: 't', facts };
  const exhibits = [
    { kind: 'visit', text: hostile },
    { kind: 'called', request: hostile, answer: hostile },
    { kind: 'exchange', request: hostile, answer: hostile },
  ] as const;
  const steps = [
    { name: first, state: 'failed', exhibits } as const,
    ...others.map((name) => ({ name, state: 'not-run', exhibits: [] }) as const),
  ];
  return {
    journey: renderJourneyPage(context, view),
    journeyElsewhere: renderJourneyPage(context, { ...view, unavailable: 'operator' }),
    journeyFailed: renderJourneyPage(context, { ...view, report: { held: false, steps } }),
  };
}

const hostile = '"><script>alert(1)</script>';

function ownPages(context: PageContext, environments: readonly EnvironmentAddresses[]): Record<string, string> {
  const result = {
    outcome: 'not-qualified',
    code: 'CERTIFICATE_REVOKED',
    subject: `CN=${hostile}`,
    issuer: 'CN=QTSP',
    thumbprint: 't-1',
    notBefore: until,
    notAfter: until,
    findings: sampleFindings,
  } as const;
  const view = { navigation, address: 'https://api.example/registrations' };
  const refusal = { at: until, code: 'CERTIFICATE_REVOKED', method: 'GET', route: '/a-bank/x' } as const;
  const certificate = { use: 'seal', firstSeenAt: until, notAfter: until, reason: undefined } as const;
  const key = { kid: 't-2', alias: hostile, x5u: undefined, notAfter: until, standing: 'ending' } as const;
  const client = {
    clientId: 'c-1',
    name: hostile,
    scopes: ['aisp'],
    redirectUris: ['https://tpp.example/cb'],
    issuedAt: until,
    forAllBrands: true,
    suspension: undefined,
    nameState: 'held',
    nameDoubts: ['reads like a name of this bank'],
    keys: [key],
  } as const;
  const refusals = ['r-1', 'r-2'].map((correlationId) => ({
    ...refusal,
    correlationId,
    findings: sampleFindings.slice(1, 2),
  }));
  return {
    myRegistrations: renderMyRegistrationsPage(context, { navigation, environments }),
    certificateNeeded: renderCertificateNeededPage(context, { ...view, message: hostile }),
    certificateCheck: renderCertificateCheckPage(context, { ...view, result, correlationId: 'r-3' }),
    ownRegistrations: renderOwnRegistrationsPage(context, {
      ...view,
      presented: { ...result, outcome: 'qualified' },
      organization: { identifier: 'PSDFR-ACPR-12345', legalName: hostile },
      clients: [
        client,
        { ...client, clientId: 'c-3', suspension: hostile },
        { ...client, clientId: 'c-2', keys: [{ ...key, standing: 'ended' }] },
      ],
      certificates: [
        { ...certificate, thumbprint: 't-1', standing: 'good' },
        { ...certificate, thumbprint: 't-3', standing: 'ended', reason: hostile },
      ],
      refusals,
    }),
    ownRegistrationsUnqualified: renderOwnRegistrationsPage(context, {
      ...view,
      presented: result,
      organization: undefined,
      clients: [],
      certificates: [],
      refusals: [],
    }),
  };
}

function addressesOf(environment: Environment): EnvironmentAddresses {
  const base = `https://api.example${environment === 'sandbox' ? '/sandbox' : ''}/a-bank`;
  return {
    environment,
    issuer: base,
    metadata: `${base}/.well-known/oauth-authorization-server`,
    registrations: `${base}/oauth2/registrations`,
    authorization: `${base}/oauth2/fr/authorize`,
    token: `${base}/oauth2/token`,
    jwks: `${base}/oauth2/jwks`,
    certificateCheck: `${base}/certificate-check`,
    ownRegistrations: `${base}/fr/developers/registrations`,
    api: `${base}/stet-psd2-api/v1`,
  };
}
