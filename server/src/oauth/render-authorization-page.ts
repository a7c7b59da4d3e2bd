import { chooseLogo } from '@postern/core/registration/logo.js';
import { chooseLanguage } from '@postern/core/registration/tagged-members.js';
import type { PageContext } from '@postern/web/page-context.js';
import { renderConsentPage } from '@postern/web/pages/consent-page.js';
import { renderSecondFactorPage } from '@postern/web/pages/second-factor-page.js';
import { renderSignInPage } from '@postern/web/pages/sign-in-page.js';
import type { ConsentAccount, ConsentView } from '@postern/web/views/consent-view.js';
import type { SecondFactorView } from '@postern/web/views/second-factor-view.js';
import type { SignInView } from '@postern/web/views/sign-in-view.js';
import type { ThirdParty } from '@postern/web/views/third-party.js';
import type { BankAccount } from '../bank/bank.js';
import { logoAddress } from '../presentation/logo-address.js';
import { hashLogoSource, readReadyLogo } from '../store/client-logos.js';
import { mayShowNames } from '../store/name-reviews.js';
import { type Again, type Flow, notFound } from './authorization-flow.js';
import { authorizationAddress, secondsAfter } from './authorization-settings.js';
import { createStageToken } from './browser.js';

/** The page of the stage that an authorization has reached, with what was wrong with the last answer. */
export async function renderAuthorizationPage(opened: Flow, again?: Again): Promise<string> {
  const flow: Flow = { ...opened, logo: await findLogo(opened) };
  const { settings, request, lang } = flow;
  const context = settings.site.pageContext(settings.realm, lang, {
    fr: authorizationAddress(settings.realm, 'fr', request.id),
    en: authorizationAddress(settings.realm, 'en', request.id),
  });
  switch (request.stage) {
    case 'sign-in':
      return renderSignInPage(context, viewSignIn(flow, again));
    case 'second-factor':
      return renderSecondFactorPage(context, await viewSecondFactor(flow, again));
    case 'consent':
      return renderConsent(context, flow, again);
    case 'finished':
      throw notFound();
  }
}

function viewSignIn(flow: Flow, again: Again | undefined): SignInView {
  const { settings, request, now } = flow;
  const problem = again?.problem;
  return {
    ...viewForm(flow),
    scopes: request.scope,
    expiresAt: secondsAfter(now, settings.tokens.grantDays * 86_400),
    ...(problem === 'user-missing' || problem === 'password-missing' || problem === 'credentials-wrong'
      ? { problem }
      : {}),
    ...(again?.attemptsLeft === undefined ? {} : { attemptsLeft: again.attemptsLeft }),
    ...(again?.userName === undefined ? {} : { userName: again.userName }),
    ...(settings.simulation === undefined ? {} : { demoUsers: settings.simulation.demoUsers }),
  };
}

async function viewSecondFactor(flow: Flow, again: Again | undefined): Promise<SecondFactorView> {
  const { settings, request, lang } = flow;
  const customer = request.psu === undefined ? undefined : await settings.bank.readCustomer(request.psu);
  if (customer === undefined) throw notFound();
  const problem = again?.problem;
  return {
    ...viewForm(flow),
    destination: customer.messageDestination,
    ...(problem === 'code-missing' || problem === 'code-wrong' || problem === 'code-expired' ? { problem } : {}),
    ...(again?.attemptsLeft === undefined ? {} : { attemptsLeft: again.attemptsLeft }),
    ...(settings.simulation === undefined ? {} : { phoneUrl: settings.simulation.phoneAddress(lang, customer.psu) }),
  };
}

async function renderConsent(context: PageContext, flow: Flow, again: Again | undefined): Promise<string> {
  const { settings, request, now } = flow;
  if (request.psu === undefined) throw notFound();
  const view: ConsentView = {
    ...viewForm(flow),
    scopes: request.scope,
    accounts: await viewAccounts(flow, request.psu),
    expiresAt: secondsAfter(request.authenticatedAt ?? now, settings.tokens.grantDays * 86_400),
    ...(again?.problem === 'account-missing' ? { problem: again.problem } : {}),
  };
  return renderConsentPage(context, view);
}

async function viewAccounts({ settings: { bank } }: Flow, psu: string): Promise<readonly ConsentAccount[]> {
  const accounts = await bank.accounts(psu);
  return Promise.all(
    accounts.map(async (account) => viewAccount(account, await bank.balances(psu, account.resourceId))),
  );
}

function viewAccount(
  account: BankAccount,
  balances: Awaited<ReturnType<Flow['settings']['bank']['balances']>>,
): ConsentAccount {
  const { accountId, resourceId, name, cashAccountType } = account;
  const balance = balances.find(({ balanceType }) => balanceType === 'CLBD') ?? balances[0];
  return {
    resourceId,
    name,
    iban: 'iban' in accountId ? accountId.iban : accountId.other.identification,
    kind: cashAccountType,
    ...(balance === undefined
      ? {}
      : { balance: { amount: balance.balanceAmount.amount.toFixed(2), currency: balance.balanceAmount.currency } }),
  };
}

/** A logo goes with its name: neither is shown without the other. */
async function findLogo({ settings, client, lang }: Flow): Promise<string | undefined> {
  const source = mayShowNames(client.nameStanding) ? chooseLogo(client.metadata, lang) : undefined;
  if (source === undefined) return undefined;
  const image = await readReadyLogo(settings.database, client.clientId, hashLogoSource(source));
  return image === undefined ? undefined : logoAddress(settings.realm, image);
}

function viewForm({ settings, request, client, lang, browserSecret, logo }: Flow): {
  readonly tpp: ThirdParty;
  readonly action: string;
  readonly formToken: string;
} {
  return {
    tpp: {
      legalName: client.legalName,
      clientName: mayShowNames(client.nameStanding) ? chooseLanguage(client.metadata, 'client_name', lang) : undefined,
      organizationIdentifier: client.organizationIdentifier,
      logo,
    },
    action: authorizationAddress(settings.realm, lang, request.id),
    formToken: createStageToken(browserSecret, request),
  };
}
