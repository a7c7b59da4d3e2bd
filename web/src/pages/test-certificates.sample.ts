import type { PageContext } from '../page-context.js';
import { kitDefects } from '../views/kit-defect.js';
import type { KitView } from '../views/kit-view.js';
import type { PortalNavigation } from '../views/portal-navigation.js';
import type { MyTestCertificatesView, TestCertificateView } from '../views/test-certificates-view.js';
import { renderMyTestCertificatesPage } from './my-test-certificates-page.js';
import { renderRenewTestCertificatesPage } from './renew-test-certificates-page.js';
import { renderTestCertificatesEntryPage } from './test-certificates-entry-page.js';
import { renderTestCertificatesKeptPage } from './test-certificates-kept-page.js';
import { renderTestCertificatesKitPage } from './test-certificates-kit-page.js';
import { renderTestCertificatesPage } from './test-certificates-page.js';

const at = new Date('2027-05-21T07:46:00Z');
const mine = '/a-bank/fr/developers/test-certificates/mine';
const formToken = 'token-of-the-form';
const certificate: TestCertificateView = {
  kind: 'qwac',
  serialNumber: '4abc',
  standing: 'good',
  issuedAt: at,
  notAfter: at,
  daysLeft: 90,
  endsSoon: false,
  download: { address: `${mine}/4abc.pem`, file: 'a-bank-test-qwac-4abc.pem' },
};

/** The pages about test certificates in every state that changes their structure; `name` is what an applicant typed. */
export function renderTestCertificatePages(
  context: PageContext,
  navigation: PortalNavigation,
  name: string,
): Record<string, string> {
  const values = { organizationName: name, contact: name, roles: ['PSP_AI'], websiteCsr: name, sealCsr: '' };
  const asked = { navigation, formToken: 't', agreement: 'automatic', certificateDays: 90, mine, values } as const;
  const problems = (['organization_name', 'contact', 'roles'] as const).map((field) => {
    return { field, kind: 'unfit' } as const;
  });
  const unusable = { field: 'website_csr', kind: 'malformed' } as const;
  const entry = { navigation, mine, id: name };
  const kept = { navigation, mine, waiting: false, organizationIdentifier: 'PSDFR-TEST-1', owner: '{}' };
  return {
    testCertificates: renderTestCertificatesPage(context, { ...asked, problems: [] }),
    testCertificatesAgain: renderTestCertificatesPage(context, { ...asked, problems: [...problems, unusable] }),
    testCertificatesNone: renderTestCertificatesPage(context, { ...asked, agreement: 'none', problems: [] }),
    testCertificatesKept: renderTestCertificatesKeptPage(context, kept),
    testCertificatesWaiting: renderTestCertificatesKeptPage(context, { ...kept, waiting: true }),
    testCertificatesEntry: renderTestCertificatesEntryPage(context, { ...entry, wrong: false }),
    testCertificatesEntryAgain: renderTestCertificatesEntryPage(context, { ...entry, wrong: true }),
    testCertificatesRenewal: renderRenewTestCertificatesPage(context, {
      ...{ navigation, mine, formToken, values },
      problems: [unusable],
    }),
    ...renderKit(context, { navigation, mine, formToken, kit: [], command: undefined }),
    ...renderMine(context, { navigation, mine, formToken, applicant: applicantOf(name), ...empty }),
  };
}

const empty = { certificates: [], commands: undefined } as const;

function renderMine(context: PageContext, waiting: MyTestCertificatesView): Record<string, string> {
  const certificates = (['good', 'held', 'revoked', 'ended'] as const).flatMap((standing) => [
    { ...certificate, standing, serialNumber: `4a${standing}` },
    { ...certificate, standing, serialNumber: `4b${standing}`, daysLeft: 0, endsSoon: true, kind: 'qsealc' } as const,
  ]);
  const commands = { look: 'openssl', check: 'curl', register: 'tpp' };
  const applicant = { ...waiting.applicant, state: 'issued', decidedAt: at, reason: 'a firm we know' } as const;
  const issued = { ...waiting, applicant, certificates, commands };
  return {
    myTestCertificatesWaiting: renderMyTestCertificatesPage(context, waiting),
    myTestCertificates: renderMyTestCertificatesPage(context, { ...issued, done: 'hold' }),
    myTestCertificatesNotDone: renderMyTestCertificatesPage(context, { ...issued, notDone: true }),
  };
}

function renderKit(context: PageContext, empty: KitView): Record<string, string> {
  const kit = kitDefects.map((defect) => {
    const kind = defect.startsWith('seal') ? ('qsealc' as const) : ('qwac' as const);
    return { defect, kind, rule: 'time.end', refusal: 'ROLE_INVALID' as const, download: certificate.download };
  });
  return {
    testCertificatesKitEmpty: renderTestCertificatesKitPage(context, empty),
    testCertificatesKit: renderTestCertificatesKitPage(context, { ...empty, kit, command: 'curl' }),
  };
}

function applicantOf(name: string): MyTestCertificatesView['applicant'] {
  return {
    id: 'id-1',
    state: 'waiting',
    registerState: 'active',
    organizationIdentifier: 'PSDFR-TEST-1',
    organizationName: name,
    contact: name,
    roles: ['PSP_AI', 'PSP_PI'],
    requestedAt: at,
    decidedAt: undefined,
    reason: undefined,
  };
}
