import { type Note, noteWords } from '@postern/core/refusal/note.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Lang } from '@postern/web/page-context.js';
import { renderConsoleEntryPage, renderConsoleSignInPage } from '@postern/web/pages/operator/console-sign-in-page.js';
import { leaves } from '@postern/web/views/console-sign-in-view.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createFormAnswers } from '../http/form-answers.js';
import { createShowing } from '../http/form-token.js';
import { guardNavigation, requireFormOrigin } from '../http/guard-navigation.js';
import { postOnce } from '../http/post-once.js';
import { readForm } from '../http/read-form.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { requireRoomNow } from '../quota/limited.js';
import { createMemoryQuota, takeEach } from '../quota/memory-quota.js';
import type { QuotaRule } from '../quota/rule.js';
import { admitCaller } from './admit-caller.js';
import type { IdentityProvider, ProviderAnswer, SignedIn } from './identity-provider.js';
import type { OneTimeLinks } from './one-time-links.js';
import { openSession, type SessionCall } from './open-session.js';
import { type ConsolePlace, consoleAddress, consoleLanguages, type OperatorSettings } from './operator-settings.js';
import { readSessionSecret, renderSessionCookie } from './session-cookie.js';
import { readAttempt, renderEndedAttemptCookie, startAttempt } from './sign-in-attempt.js';
import { issuerOf, pageContext } from './visit.js';
import { consoleCall, sendPage } from './visit-routes.js';

/** Where the identity provider sends the browser back to. */
export const callbackPath = '/sign-in/callback';

/** The way into the console. */
export function signInRoutes(app: FastifyInstance, settings: OperatorSettings): void {
  const { wayIn } = settings;
  for (const lang of consoleLanguages) {
    const place = { settings, lang };
    const url = consoleAddress(lang, 'sign-in');
    app.get(url, (request, reply) => showSignIn(place, request, reply));
    if (wayIn.kind === 'link') linkRoute(app, { ...place, ...wayIn });
    refuseOtherMethods(app, url, wayIn.kind === 'link' ? ['GET', 'POST'] : ['GET']);
    if (wayIn.kind === 'openid') providerRoute(app, { ...place, ...wayIn });
  }
  if (wayIn.kind === 'openid') callbackRoute(app, settings, wayIn.provider);
}

async function showSignIn(place: ConsolePlace, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  guardNavigation(request.headers);
  const { settings, lang } = place;
  const { wayIn, publicUrl, clock, site } = settings;
  const query = new URL(request.url, publicUrl).searchParams;
  const link = /^[A-Za-z0-9_-]{43}$/.exec(query.get('link') ?? '')?.[0];
  const leave = leaves.find((why) => why === query.get('leave'));
  const view = { installation: site.installation, ...(leave === undefined ? {} : { leave }) };
  if (wayIn.kind === 'openid') {
    const { issuer } = wayIn.provider.policy;
    const openid = { ...view, kind: 'openid' as const, start: consoleAddress(lang, 'sign-in', 'start'), issuer };
    return sendPage(reply, renderConsoleSignInPage(pageContext(place, ['sign-in']), openid));
  }
  if (link === undefined) {
    await wayIn.links.offer(clock());
    return sendPage(reply, renderConsoleSignInPage(pageContext(place, ['sign-in']), { ...view, kind: 'no-link' }));
  }
  const context = pageContext(place, ['sign-in'], `?link=${link}`);
  const action = consoleAddress(lang, 'sign-in');
  return sendPage(
    reply,
    renderConsoleSignInPage(context, { ...view, kind: 'link', action, link, formToken: createShowing() }),
  );
}

interface LinkPlace extends ConsolePlace {
  readonly links: OneTimeLinks;
}

function linkRoute(app: FastifyInstance, place: LinkPlace): void {
  const { database, clock, publicUrl } = place.settings;
  const kind = { answers: createFormAnswers(database, clock), webUrl: publicUrl, guard: requireFormOrigin };
  const url = consoleAddress(place.lang, 'sign-in');
  postOnce(app, url, { kind, answer: (request, reply) => enterByLink(place, request, reply) });
}

async function enterByLink(place: LinkPlace, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { settings, links, lang } = place;
  const form = readForm(request);
  const call = sessionCall(settings, request);
  if (!(await links.spend(form('link'), call.now))) {
    throw new Refusal('OPERATOR_SIGN_IN_FAILED', 'The link was used before, or is too old.');
  }
  const person = { subject: 'one-time-link', name: settings.site.installation, roles: ['look', 'decide'] as const };
  const issuer = issuerOf(settings);
  const secret = await openSession(settings, { ...person, issuer, tokens: undefined }, call);
  return reply.header('set-cookie', renderSessionCookie(secret)).redirect(consoleAddress(lang), 303);
}

interface ProviderPlace extends ConsolePlace {
  readonly provider: IdentityProvider;
}

/** A link and not a form: browsers hold form-action against every redirection after a form. */
function providerRoute(app: FastifyInstance, { settings, lang, provider }: ProviderPlace): void {
  const url = consoleAddress(lang, 'sign-in', 'start');
  app.get(url, async (request, reply) => {
    guardNavigation(request.headers);
    const { attempt, cookie } = startAttempt(lang, settings.clock());
    const address = await provider.startAddress(attempt);
    return reply.header('set-cookie', cookie).redirect(address, 303);
  });
  refuseOtherMethods(app, url, ['GET']);
}

/**
 * How often answers are taken to the provider within a minute: each costs it a request in the bank's name, and whoever began a sign-in
 * can invent as many as they like.
 */
const answers: QuotaRule = { name: 'sign-in-answers', most: 60, perSeconds: 60 };
const answersOfAll: QuotaRule = { ...answers, name: 'sign-in-answers-of-all', most: 240 };

function callbackRoute(app: FastifyInstance, settings: OperatorSettings, provider: IdentityProvider): void {
  const ofSource = createMemoryQuota(answers);
  const ofAll = createMemoryQuota(answersOfAll);
  app.get(callbackPath, async (request, reply) => {
    guardNavigation(request.headers);
    const address = new URL(request.url, settings.publicUrl);
    const call = sessionCall(settings, request);
    const state = address.searchParams.get('state') ?? '';
    const attempt = readAttempt({ cookieHeader: request.headers.cookie, state }, call.now);
    if (attempt === undefined) {
      throw new Refusal('OPERATOR_SIGN_IN_FAILED', 'This browser has no such sign-in under way, or it took too long.');
    }
    const takes = [
      { quota: ofSource, key: call.caller.source },
      { quota: ofAll, key: '' },
    ];
    requireRoomNow(takeEach(takes, call.now), 'Too many sign-ins came back within a minute.');
    reply.header('set-cookie', renderEndedAttemptCookie());
    const signedIn = await provider.redeem(address, attempt);
    const { claims, tokens } = await askAtEntry(provider, signedIn);
    const operator = await admitCaller(settings, { claims, policy: provider.policy }, call);
    const secret = await openSession(settings, { ...operator, issuer: issuerOf(settings), tokens }, call);
    reply.removeHeader('set-cookie').header('set-cookie', [renderEndedAttemptCookie(), renderSessionCookie(secret)]);
    return sendEntry(settings, attempt.lang, reply);
  });
  refuseOtherMethods(app, callbackPath, ['GET']);
}

/**
 * The rights are asked for at once in the way in which they are asked again later, so that a provider that gives them in another way is
 * noticed by the first who signs in. Names for people may stand in the ID token alone.
 */
async function askAtEntry(provider: IdentityProvider, { claims, tokens }: SignedIn): Promise<ProviderAnswer> {
  const { sub, name, preferred_username, email } = claims;
  if (typeof sub !== 'string') throw withoutAnswer(noteWords('the ID token has no subject'));
  const answer = await provider.askRights(tokens, sub);
  if (answer === undefined) throw withoutAnswer(noteWords('it takes its own tokens no more, or gave no refresh token'));
  return { ...answer, claims: { name, preferred_username, email, ...answer.claims } };
}

function withoutAnswer(why: Note): Refusal {
  return new Refusal('OPERATOR_SIGN_IN_FAILED', "The bank's identity provider does not say what you may do.", {
    detail: { why },
  });
}

/**
 * A page of our own between: a redirection would still count as begun by the provider's site, and the session's cookie, which is sent
 * with nothing that another site begins, would stay behind.
 */
function sendEntry(settings: OperatorSettings, lang: Lang, reply: FastifyReply): FastifyReply {
  const start = consoleAddress(lang);
  const page = renderConsoleEntryPage(pageContext({ settings, lang }, []), {
    installation: settings.site.installation,
    start,
  });
  return sendPage(reply.header('refresh', `0; url=${start}`), page);
}

function sessionCall(settings: OperatorSettings, request: FastifyRequest): SessionCall {
  return { ...consoleCall(settings, request), secretBefore: readSessionSecret(request.headers.cookie) };
}
