import type { PageContext } from '../page-context.js';
import { exchangeNames, type PortalFacts } from '../views/portal-facts.js';
import type { ReferenceView } from '../views/reference-view.js';
import { renderBenchPage } from './bench-page.js';
import { renderCertificatePage } from './certificate-page.js';
import { renderChangesPage } from './changes-page.js';
import { renderDeviationsPage } from './deviations-page.js';
import { renderFallbackPage } from './fallback-page.js';
import { renderInspectorPage } from './inspector-page.js';
import { renderOauth2EndpointsPage } from './oauth2-endpoints-page.js';
import { renderOpenBankingApiPage } from './open-banking-api-page.js';
import { renderReferencePage } from './reference-page.js';
import { renderSandboxPage } from './sandbox-page.js';
import { renderScaWorkflowsPage } from './sca-workflows-page.js';
import { renderSearchPage } from './search-page.js';
import { renderStatisticsPage } from './statistics-page.js';
import { renderStatusPage } from './status-page.js';

type Place = Pick<PortalFacts, 'navigation' | 'environments'>;

/** Every article of the portal, in every state that changes its structure. */
export function renderArticlePages(context: PageContext, place: Place): Record<string, string> {
  const facts = { ...place, ...sampleFacts };
  const { navigation } = place;
  const at = new Date('2026-11-22T10:00:00Z');
  const change = { id: 'new-version', title: 'A <new> version', text: 'Of the API.', announced: at, effective: at };
  return {
    oauth2Endpoints: renderOauth2EndpointsPage(context, facts),
    scaWorkflows: renderScaWorkflowsPage(context, facts),
    openBankingApi: renderOpenBankingApiPage(context, facts),
    sandbox: renderSandboxPage(context, facts),
    certificate: renderCertificatePage(context, facts),
    fallback: renderFallbackPage(context, facts),
    changes: renderChangesPage(context, facts, { changes: [change], feed: '/changes.atom' }),
    noChanges: renderChangesPage(context, facts, { changes: [], feed: '/changes.atom' }),
    deviations: renderDeviationsPage(context, facts, {
      standards: [
        { title: 'RFC 1', remarks: ['Of `all`.'], columns: ['section', 'here'], rows: [['`{name}` 1', 'built']] },
      ],
    }),
    statistics: renderStatisticsPage(context, facts),
    status: renderStatusPage(context, facts, {
      parts: [
        { name: 'store', state: 'ok' },
        { name: 'trusted lists', state: 'stale' },
        { name: 'register', state: 'failed' },
      ],
      at,
    }),
    registrationReference: renderReferencePage(context, sampleReference(navigation), 'registration-reference'),
    absentReference: renderReferencePage(
      context,
      { ...sampleReference(navigation), downloads: [], operations: [], schemas: [] },
      'sandbox-reference',
    ),
    inspector: renderInspectorPage(context, { navigation, text: '', use: 'website' }),
    inspectorRefused: renderInspectorPage(context, {
      navigation,
      text: '',
      use: 'seal',
      problem: { kind: 'private-key' },
    }),
    inspected: renderInspectorPage(context, {
      navigation,
      text: 'MII',
      use: 'website',
      result: {
        outcome: 'not-qualified',
        code: 'CERTIFICATE_EXPIRED',
        subject: 'CN=<b>',
        issuer: 'CN=CA',
        thumbprint: 'abc',
        notBefore: at,
        notAfter: at,
        findings: [],
      },
    }),
    bench: renderBenchPage(context, { navigation, request: '', certificate: '' }),
    benchUnreadable: renderBenchPage(context, {
      navigation,
      request: '</textarea><script>',
      certificate: '',
      problem: { kind: 'unreadable', message: 'The first line.' },
    }),
    benchResult: renderBenchPage(context, {
      navigation,
      request: 'GET /',
      certificate: 'MII',
      result: {
        verdict: { ok: false, code: 'SIGNATURE_INVALID', message: 'It does not verify.' },
        late: 'Behind.',
        signingString: 'date: <now>',
        digest: 'SHA-256=abc',
        bodyOctets: 0,
        kid: 'abc',
      },
    }),
    search: renderSearchPage(context, { navigation, query: '', results: [] }),
    searchWithout: renderSearchPage(context, { navigation, query: '"><script>', results: [] }),
    searchWith: renderSearchPage(context, {
      navigation,
      query: 'pkce',
      results: [{ href: '/page#part', page: 'A page', heading: 'A part', excerpt: 'with PKCE' }],
    }),
  };
}

function sampleReference(navigation: PortalFacts['navigation']): ReferenceView {
  const field = { name: 'id', where: 'path', required: true, type: 'string', description: 'Of `one`' };
  return {
    navigation,
    current: 'registration-reference',
    title: 'Registration',
    version: '1.0.0',
    summary: 'How',
    downloads: [
      { environment: 'production', server: 'https://api.example', openapi: '/a.json', collection: '/b.json' },
    ],
    operations: [
      {
        id: 'read',
        method: 'GET',
        path: '/{id}',
        summary: 'Read one',
        parameters: [field],
        body: { mediaType: 'application/json', type: 'One', example: '{}' },
        answers: [
          { status: '200', description: 'As it `is`', type: 'One[]', codes: [], example: '[]' },
          { status: '404', description: '', type: '', codes: ['NOT_FOUND'] },
        ],
      },
    ],
    schemas: [{ name: 'One', description: 'A thing', members: [{ ...field, where: '', required: false }] }],
  };
}

const sampleFacts: Omit<PortalFacts, 'navigation' | 'environments'> = {
  demo: false,
  seconds: {
    authorizationCode: 60,
    accessToken: 900,
    refreshGrace: 60,
    grant: 15_552_000,
    inactivity: 300,
    longestAuthorization: 1_800,
    oneTimeCode: 300,
    dateWindow: 300,
  },
  counts: {
    bodyBytes: 65_536,
    headBytes: 16_384,
    headers: 100,
    transactionsPerPage: 100,
    recentDays: 90,
    failures: 5,
    registrationsPerMinute: 300,
    updatesPerMinute: 300,
    wrongTokensPerMinute: 20,
    clientsPerOrganization: 500,
  },
  metadata: { issuer: 'https://api.example/a-bank' },
  resources: [{ method: 'GET', path: '/accounts', scope: 'aisp' }],
  signature: { headers: ['host'], covered: ['date'], coveredWithBody: ['digest'], example: 'date: now' },
  warningDays: [30, 7],
  testCertificates: 'automatic',
  exchanges: Object.fromEntries(
    exchangeNames.map((name) => [name, { request: `POST ${name}`, answer: 'HTTP/1.1 200 OK' }]),
  ) as PortalFacts['exchanges'],
  rules: [{ id: 'time.end', title: 'A rule', clause: 'RFC 5280', refusal: 'CERTIFICATE_EXPIRED' }],
};
