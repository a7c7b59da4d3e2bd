import type { ErrorTexts, FindingTexts, ShellTexts } from './texts.js';

/** What surrounds every page, in English. */
export const shellEn: ShellTexts = {
  skip: 'Skip to the content',
  languages: 'Language',
  portalNavigation: 'Developer portal',
  brands: 'All brands',
  pages: {
    start: 'Overview',
    registration: 'Registration',
    'oauth2-endpoints': 'OAuth 2 endpoints',
    'sca-workflows': 'OAuth 2 and SCA workflows',
    'open-banking-api': 'Open-banking API',
    'registration-reference': 'Reference: registration',
    'oauth2-reference': 'Reference: OAuth 2',
    'accounts-reference': 'Reference: account information',
    'sandbox-reference': 'Reference: test certificates',
    sandbox: 'Sandbox',
    'test-certificates': 'Test certificates',
    certificate: 'Certificates',
    'certificate-inspector': 'Certificate inspector',
    'signing-bench': 'Signing bench',
    'my-registrations': 'My registrations',
    journey: 'Journey explorer',
    fallback: 'Fallback',
    errors: 'Errors',
    changes: 'Changes',
    deviations: 'Deviations from the standards',
    statistics: 'Statistics',
    status: 'Status',
    contact: 'Contact',
    search: 'Search',
  },
  allPages: 'All pages',
  aboutThisPage: 'Something wrong or unclear on this page? Tell us',
  searchLabel: 'Search the portal',
  searchButton: 'Search',
  environment: { production: 'Production', sandbox: 'Sandbox' },
  notice: 'About this environment',
  demo: {
    label: 'Demonstration',
    production:
      'No real bank and no real money. Production trusts the demo trusted list here, not the lists of the European Union.',
    sandbox: 'This is the sandbox of a demonstration. No real bank and no real money.',
  },
  sandbox: { label: 'Sandbox', text: 'For tests. Customers, accounts and money are simulated.' },
  lacks: {
    production: {
      label: 'Sandbox only',
      text: 'This bank runs no production here: what these pages say of production is not offered.',
    },
    bank: {
      label: 'Production in part',
      text: 'In production, certificates are checked and registrations taken. The agreement of customers, tokens and accounts are offered in the sandbox only.',
    },
    sandbox: {
      label: 'Production only',
      text: 'This bank runs no sandbox here: what these pages say of the sandbox is not offered.',
    },
    'bank-and-sandbox': {
      label: 'Production in part',
      text: 'Certificates are checked and registrations taken. The agreement of customers, tokens and accounts are not offered yet, and there is no sandbox.',
    },
  },
  footerPsu: 'You are on a page of {bank}.',
  footerPortal:
    'Open-banking interface under directive (EU) 2015/2366 (PSD2) and delegated regulation (EU) 2018/389 (RTS).',
};

/** The error page, in English. */
export const errorEn: ErrorTexts = {
  headings: {
    notFound: 'There is nothing at this address',
    finished: 'This request for access is finished',
    signIn: 'The sign-in did not succeed',
    denied: 'The access was refused',
    decision: 'This decision is no longer possible',
    form: 'This form could not be accepted',
    busy: 'Too many requests at once',
    fault: 'Something failed on our side',
    request: 'This request for access cannot go on',
  },
  whatHappened: 'What happened',
  whatToDo: 'What to do',
  notYourFault: 'The application that brought you here sent a request that we cannot accept. The mistake is not yours.',
  nothingShared: 'Nothing was shared by this request.',
  goBack: 'Go back to {application} and give its support the reference below.',
  goBackUnknown: 'Go back to the application you come from and give its support the reference below.',
  forDevelopers: 'For the application’s developer',
  cameFrom: 'You came from the application {application}.',
  openAgain: 'Open it again',
  contact: 'If you contact us',
  quote: 'Quote the reference: it leads us to what happened here.',
  reference: 'Reference',
  time: 'Time',
  code: 'Code',
  message: 'In detail',
  findings: 'What each rule found',
};

/** The words of a finding, in English. */
export const findingsEn: FindingTexts = {
  outcomes: {
    pass: 'Pass',
    fail: 'Fail',
    warn: 'Warning',
    indeterminate: 'Undecided',
    'not-applicable': 'Not applicable',
  },
  layers: {
    path: 'Path',
    time: 'Time',
    trust: 'Trust service',
    profile: 'Profile',
    revocation: 'Revocation',
    register: 'Register',
  },
  found: 'Found',
  expected: 'Expected',
  clause: 'Clause',
  remedy: 'What to do',
};
