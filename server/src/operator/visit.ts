import { Refusal } from '@postern/core/refusal/refusal.js';
import type { SiteContext } from '@postern/web/page-context.js';
import {
  type ConsoleForm,
  type ConsolePage,
  consolePages,
  type ConsolePlace as PagePlace,
} from '@postern/web/views/console-view.js';
import { isSame, keyedText } from '../http/keyed-text.js';
import { hashSecret } from '../http/secret.js';
import { type OperatorSession, touchOperatorSession } from '../store/operator-sessions.js';
import type { DeskDecision } from './console-desk.js';
import { type ConsolePlace, consoleAddress } from './operator-settings.js';
import { readSessionSecret } from './session-cookie.js';

/** One look of a person who is signed in. */
export interface Visit extends ConsolePlace {
  readonly session: OperatorSession;
  readonly secret: string;
  readonly now: Date;
  readonly correlationId: string;
}

/** The visit of a browser; undefined when nobody is signed in there, or no longer. */
export async function openVisit(
  place: ConsolePlace,
  { cookieHeader, correlationId }: { readonly cookieHeader: string | undefined; readonly correlationId: string },
): Promise<Visit | undefined> {
  const { database, clock, idleSeconds } = place.settings;
  const secret = readSessionSecret(cookieHeader);
  if (secret === undefined) return undefined;
  const now = clock();
  const idleSince = new Date(now.getTime() - idleSeconds * 1_000);
  const session = await touchOperatorSession(database, { secretHash: hashSecret(secret), idleSince, now });
  return session && { ...place, session, secret, now, correlationId };
}

/** A form for one address; its token is of this session and of that address alone. */
export function consoleForm({ secret }: Pick<Visit, 'secret'>, action: string): ConsoleForm {
  return { action, formToken: keyedText(secret, `form ${action}`) };
}

/** Refuses a form that does not come from the page of that address in this session. */
export function requireFormToken({ secret }: Pick<Visit, 'secret'>, action: string, token: string): void {
  if (isSame(consoleForm({ secret }, action).formToken, token)) return;
  throw new Refusal('FORM_REJECTED', 'The form does not carry the token of this page in this session.');
}

export function mayDecide({ session }: Pick<Visit, 'session'>): boolean {
  return session.roles.includes('decide');
}

/** Who decides, and when. Throws Refusal OPERATOR_NOT_ADMITTED for who may only look. */
export function requireDecider(visit: Visit): Pick<DeskDecision<never>, 'by' | 'now' | 'correlationId'> {
  if (!mayDecide(visit)) throw new Refusal('OPERATOR_NOT_ADMITTED', 'You may look, not decide.');
  const { session, now, correlationId } = visit;
  return { by: { subject: session.subject, name: session.name }, now, correlationId };
}

/** What a page in both languages needs; `parts` is where it stands, `query` what comes after. */
export function pageContext({ settings, lang }: ConsolePlace, parts: readonly string[], query = ''): SiteContext {
  return settings.site.context(lang, {
    fr: `${consoleAddress('fr', ...parts)}${query}`,
    en: `${consoleAddress('en', ...parts)}${query}`,
  });
}

/** Where a page stands in the console, and who reads it. */
export async function describePlace(visit: Visit, current: ConsolePage): Promise<PagePlace> {
  const { settings, session, lang } = visit;
  const waiting = await settings.desk.countWaiting();
  const { name, subject } = session;
  return {
    installation: settings.site.installation,
    navigation: Object.fromEntries(
      consolePages.map((page) => [page, page === 'start' ? consoleAddress(lang) : consoleAddress(lang, page)]),
    ) as Record<ConsolePage, string>,
    current,
    waiting,
    operator: { name, subject, mayDecide: mayDecide(visit) },
    signOut: consoleForm(visit, consoleAddress(lang, 'sign-out')),
  };
}

export function brandName({ settings, lang }: ConsolePlace, id: string): string {
  return settings.site.brands.find((brand) => brand.id === id)?.name[lang] ?? id;
}
