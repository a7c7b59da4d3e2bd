import { Refusal } from '@postern/core/refusal/refusal.js';
import type { SiteContext } from '@postern/web/page-context.js';
import {
  type ConsoleForm,
  type ConsolePage,
  consolePages,
  type ConsolePlace as PagePlace,
} from '@postern/web/views/console-view.js';
import { insertAuditEvents } from '../audit/audit-event.js';
import { createFormToken, isFormToken } from '../http/form-token.js';
import { isSame } from '../http/keyed-text.js';
import { hashSecret } from '../http/secret.js';
import { type OperatorSession, touchOperatorSession } from '../store/operator-sessions.js';
import { bindTo, type ConsoleCall, endSession } from './open-session.js';
import { type ConsolePlace, consoleAddress, type OperatorSettings } from './operator-settings.js';
import { readSessionSecret } from './session-cookie.js';

/** One look of a person who is signed in. */
export interface Visit extends ConsolePlace {
  readonly session: OperatorSession;
  readonly secret: string;
  readonly now: Date;
  readonly correlationId: string;
}

/** The visit of a browser, or why it has none: nobody is signed in there, or the session's cookie came from elsewhere. */
export async function openVisit(
  place: ConsolePlace,
  { cookieHeader, ...call }: ConsoleCall & { readonly cookieHeader: string | undefined },
): Promise<Visit | 'ended' | 'moved'> {
  const { database, idleSeconds } = place.settings;
  const secret = readSessionSecret(cookieHeader);
  if (secret === undefined) return 'ended';
  const { now, correlationId, caller } = call;
  const idleSince = new Date(now.getTime() - idleSeconds * 1_000);
  const sought = { secretHash: hashSecret(secret), issuer: issuerOf(place.settings), idleSince, now };
  const session = await touchOperatorSession(database, sought);
  if (session === undefined) return 'ended';
  if (isSame(session.boundTo, bindTo(caller, secret))) return { ...place, session, secret, now, correlationId };
  await endSession(place.settings, secret, { now, correlationId, why: 'moved' });
  return 'moved';
}

/** Who lets people in here: a session that somebody else opened is none. */
export function issuerOf({ wayIn, publicUrl }: Pick<OperatorSettings, 'wayIn' | 'publicUrl'>): string {
  return wayIn.kind === 'openid' ? wayIn.provider.policy.issuer : publicUrl;
}

/** A form for one address; its token is of this session and of that address alone. */
export function consoleForm({ secret }: Pick<Visit, 'secret'>, action: string): ConsoleForm {
  return { action, formToken: createFormToken(secret, action) };
}

/** Refuses a form that does not come from the page of that address in this session. */
export function requireFormToken({ secret }: Pick<Visit, 'secret'>, action: string, token: string): void {
  if (isFormToken(secret, action, token)) return;
  throw new Refusal('FORM_REJECTED', 'The form does not carry the token of this page in this session.');
}

export function mayDecide({ session }: Pick<Visit, 'session'>): boolean {
  return session.roles.includes('decide');
}

/** Throws Refusal OPERATOR_NOT_ADMITTED for who may only look, which the audit bears with the person. */
export async function requireDecider(visit: Visit): Promise<void> {
  if (mayDecide(visit)) return;
  const { session, now, correlationId, settings } = visit;
  const code = 'OPERATOR_NOT_ADMITTED';
  const detail = { session: session.id, by: session.subject };
  const event = { at: now, kind: 'operator-refused', outcome: 'refused', code, correlationId, detail } as const;
  await insertAuditEvents(settings.database, [event]);
  throw new Refusal(code, 'You may look, not decide.');
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
