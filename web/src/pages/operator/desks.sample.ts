import type { SiteContext } from '../../page-context.js';
import type { ClientSearchView, ClientStandingView } from '../../views/client-standing-view.js';
import type { FeedbackView } from '../../views/feedback-view.js';
import type { ThirdParty } from '../../views/third-party.js';
import { renderClientPage } from './client-page.js';
import { renderClientsPage } from './clients-page.js';
import { placeOf } from './console-place.sample.js';
import { renderFeedbackListPage } from './feedback-list-page.js';
import { renderFeedbackPage } from './feedback-page.js';

const at = new Date('2027-05-21T07:46:00Z');

/** The pages of registrations and of messages, in every state that changes their structure. */
export function renderDeskPages(context: SiteContext, tpp: ThirdParty): Record<string, string> {
  return { ...clientPages(context, tpp), ...feedbackPages(context, tpp) };
}

function clientPages(context: SiteContext, tpp: ThirdParty): Record<string, string> {
  const name = tpp.clientName ?? tpp.legalName;
  const form = { action: '/fr/clients/1', formToken: 'token-of-the-form', shown: 'digest' };
  const client = {
    clientId: '0'.repeat(40),
    clientName: name,
    legalName: tpp.legalName,
    brand: 'A Bank',
    environment: 'production',
  } as const;
  const search = (more: Partial<ClientSearchView>) =>
    renderClientsPage(context, placeOf('clients'), { action: '/fr/clients', ...more });
  const show = (more: Partial<ClientStandingView>) => {
    const view = { ...client, organizationIdentifier: 'PSDFR-ACPR-12345', issuedAt: at };
    return renderClientPage(context, placeOf('clients', more.form !== undefined), { ...view, ...more });
  };
  const found = [{ ...client, address: '/fr/clients/1', isSuspended: true }];
  return {
    consoleClients: search({}),
    consoleClientsFound: search({ sought: name, found, isCut: true }),
    consoleClientsNone: search({ sought: name, found: [] }),
    consoleClientsAgain: search({ sought: name, problem: 'sought-unreadable' }),
    consoleClient: show({ form }),
    consoleClientAgain: show({ form: { ...form, problem: 'reason-missing' } }),
    consoleClientSuspended: show({ suspended: { at, reason: name }, form }),
    consoleClientOnlyLooks: show({ suspended: { at, reason: name } }),
  };
}

function feedbackPages(context: SiteContext, tpp: ThirdParty): Record<string, string> {
  const message = `${tpp.clientName ?? tpp.legalName}\n\nIt answers 500. `.repeat(4);
  const listed = { kind: 'fault', message, brand: 'A Bank', receivedAt: at } as const;
  const show = (more: Partial<FeedbackView>) =>
    renderFeedbackPage(context, placeOf('feedback'), { ...listed, id: '1', lang: 'en', ...more });
  return {
    consoleMessages: renderFeedbackListPage(context, placeOf('feedback'), {
      messages: [
        { ...listed, address: '/fr/feedback/1', isOpen: true },
        { ...listed, address: '/fr/feedback/2', isOpen: false },
      ],
      isCut: true,
    }),
    consoleNoMessages: renderFeedbackListPage(context, placeOf('feedback'), { messages: [], isCut: false }),
    consoleMessage: show({
      page: 'start',
      email: 'a@b.example',
      close: { action: '/fr/feedback/1', formToken: 'token-of-the-form', shown: 'digest' },
    }),
    consoleMessageOnlyLooks: show({}),
    consoleMessageClosed: show({ closed: { at, by: 'alice-1' } }),
  };
}
