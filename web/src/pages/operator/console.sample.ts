import type { SiteContext } from '../../page-context.js';
import type { CertificateRequestView } from '../../views/certificate-request-view.js';
import type { NamesReviewView } from '../../views/held-name-view.js';
import type { ThirdParty } from '../../views/third-party.js';
import { placeOf } from './console-place.sample.js';
import { renderConsoleEntryPage, renderConsoleSignInPage } from './console-sign-in-page.js';
import { renderConsoleStartPage } from './console-start-page.js';
import { renderDeskPages } from './desks.sample.js';
import { renderHistoryPage } from './history-page.js';
import { renderNamesPage } from './names-page.js';
import { renderNamesReviewPage } from './names-review-page.js';
import { renderRequestPage } from './request-page.js';
import { renderRequestsPage } from './requests-page.js';

const at = new Date('2027-05-21T07:46:00Z');
const form = { action: '/fr/requests/1', formToken: 'token-of-the-form', shown: 'digest' };

/** Every page of the console in every state that changes its structure. */
export function renderConsolePages(context: SiteContext, tpp: ThirdParty): Record<string, string> {
  return {
    ...entryPages(context),
    ...requestPages(context, tpp),
    ...namePages(context, tpp),
    ...renderDeskPages(context, tpp),
  };
}

function entryPages(context: SiteContext): Record<string, string> {
  const installation = 'A group';
  const parts = [{ name: 'store', state: 'ok' } as const, { name: 'register', state: 'stale', detail: 'old' } as const];
  const quiet = { waiting: { requests: 0, names: 0, feedback: 0 }, alarms: [], parts, at };
  const alarms = [{ kind: 'trusted-list', text: 'FR: it is stale' } as const];
  return {
    consoleSignIn: renderConsoleSignInPage(context, {
      installation,
      kind: 'openid',
      start: '/fr/sign-in/start',
      issuer: 'https://login.example',
      leave: 'ended',
    }),
    consoleLink: renderConsoleSignInPage(context, {
      installation,
      kind: 'link',
      formToken: 't',
      action: '/fr/sign-in',
      link: 'secret',
    }),
    consoleNoLink: renderConsoleSignInPage(context, { installation, kind: 'no-link', leave: 'signed-out' }),
    consoleEntry: renderConsoleEntryPage(context, { installation, start: '/fr' }),
    consoleStart: renderConsoleStartPage(context, placeOf('start'), {
      ...quiet,
      waiting: { requests: 2, names: 1, feedback: 3 },
      alarms,
    }),
    consoleQuiet: renderConsoleStartPage(context, placeOf('start', false), quiet),
  };
}

function requestPages(context: SiteContext, tpp: ThirdParty): Record<string, string> {
  const name = tpp.clientName ?? tpp.legalName;
  const common = { contact: name, brand: 'A Bank', roles: ['PSP_AI'], requestedAt: at, agreed: 0, needed: 2 };
  const request: CertificateRequestView = {
    ...common,
    id: '1',
    organizationName: name,
    organizationIdentifier: 'PSDFR-TEST-1',
    state: 'waiting',
    keys: [{ use: 'website', kind: 'RSA 2048', thumbprint: '00ff' }],
    approvals: [],
    awaitsAnother: false,
  };
  const approvals = [{ at, name, subject: 'bob-1', reason: name }];
  const decision = { at, by: name, reason: name };
  const show = (more: Partial<CertificateRequestView>, mayDecide = true) =>
    renderRequestPage(context, placeOf('requests', mayDecide), { ...request, ...more });
  return {
    consoleRequests: renderRequestsPage(context, placeOf('requests'), [
      { ...common, organizationName: name, address: '/fr/requests/1' },
    ]),
    consoleNoRequests: renderRequestsPage(context, placeOf('requests'), []),
    consoleRequest: show({ answer: form }),
    consoleRequestAgain: show({ answer: { ...form, problem: 'reason-missing', reason: name } }),
    consoleRequestAgreed: show({ approvals, agreed: 1, awaitsAnother: true, answer: form }),
    consoleRequestOnlyLooks: show({ approvals, agreed: 1 }, false),
    consoleRequestDecided: show({ state: 'refused', keys: [], decision }),
    consoleHistory: renderHistoryPage(context, placeOf('history'), {
      decisions: [
        { at, kind: 'agreed', about: name, by: name, brand: 'A Bank' },
        { at, kind: 'name-refused', about: name, by: name, reason: name },
      ],
      earlier: '/fr/history?before=1',
    }),
    consoleNoHistory: renderHistoryPage(context, placeOf('history'), { decisions: [] }),
  };
}

function namePages(context: SiteContext, tpp: ThirdParty): Record<string, string> {
  const name = tpp.clientName ?? tpp.legalName;
  const listed = {
    names: [
      { language: '', name },
      { language: 'fr', name },
    ],
    legalName: tpp.legalName,
    brand: 'A Bank',
    environment: 'production',
    judgedAt: at,
  } as const;
  const review: NamesReviewView = {
    ...listed,
    reviewId: '1',
    state: 'held',
    organizationIdentifier: 'PSDFR-ACPR-12345',
    clientId: 'client-1',
    contacts: [name],
    doubts: [{ kind: 'bank', detail: name }, { kind: 'scripts' }],
  };
  const show = (more: Partial<NamesReviewView>) =>
    renderNamesReviewPage(context, placeOf('names'), { ...review, ...more });
  return {
    consoleNames: renderNamesPage(context, placeOf('names'), [{ ...listed, address: '/fr/names/1' }]),
    consoleNoNames: renderNamesPage(context, placeOf('names'), []),
    consoleReview: show({ answer: form }),
    consoleReviewAgain: show({ answer: { ...form, problem: 'answer-missing' } }),
    consoleReviewReleased: show({ state: 'released', doubts: [] }),
  };
}
