import type { Lang } from '@postern/web/page-context.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createFormAnswers } from '../http/form-answers.js';
import { guardNavigation } from '../http/guard-navigation.js';
import { parseForm } from '../http/parse-form.js';
import { type FormKind, type IdRequest, keepAnswer, postOnce } from '../http/post-once.js';
import { readSource } from '../http/read-source.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { requireMediaType } from '../http/require-media-type.js';
import { webSecurityHeaders } from '../http/web-security-headers.js';
import type { Realm } from '../realm.js';
import { touchAuthorizationRequest } from '../store/authorization-requests.js';
import { answerForm } from './answer-form.js';
import { type Again, type Flow, isTimedOut, openFlow, type Step } from './authorization-flow.js';
import { type AuthorizationSettings, authorizationAddress, inactivitySeconds } from './authorization-settings.js';
import {
  readBrowserSecret,
  readSecrets,
  readStageToken,
  renderBrowserCookie,
  renderSignedInCookie,
} from './browser.js';
import { endAuthorization } from './end-authorization.js';
import { leadsToSpentCode } from './leads-to-spent-code.js';
import { renderAuthorizationPage } from './render-authorization-page.js';
import { startAuthorization } from './start-authorization.js';

export interface AuthorizationDependencies extends Omit<AuthorizationSettings, 'realm'> {
  readonly clock: () => Date;
}

interface Place {
  readonly settings: AuthorizationSettings;
  readonly clock: () => Date;
  readonly lang: Lang;
}

/** The authorization endpoint of a realm (RFC 6749 section 3.1) and its pages, on the web listener, whose refusals are pages. */
export function authorizationRoutes(app: FastifyInstance, realm: Realm, dependencies: AuthorizationDependencies): void {
  const { clock, ...rest } = dependencies;
  const settings: AuthorizationSettings = { ...rest, realm };
  const kind: FormKind = {
    answers: createFormAnswers(rest.database, clock),
    webUrl: realm.webUrl,
    secretOf: ({ headers, params }, token) => {
      const { id } = params as { id: string };
      return readStageToken(readSecrets(headers.cookie, id), { id, token })?.secret;
    },
    isGood: async ({ headers }) => !(await leadsToSpentCode(rest.database, String(headers['location'] ?? ''), clock())),
  };
  for (const lang of ['fr', 'en'] as const) {
    const place = { settings, clock, lang };
    const endpoint = authorizationAddress(realm, lang);
    app.get(endpoint, (request, reply) => start(place, request, reply));
    app.get<{ Params: { id: string } }>(`${endpoint}/:id`, (request, reply) => show(place, request, reply));
    postOnce(app, `${endpoint}/:id`, { kind, answer: (request, reply) => answer(place, request, reply) });
    refuseOtherMethods(app, endpoint, ['GET']);
    refuseOtherMethods(app, `${endpoint}/:id`, ['GET', 'POST']);
  }
}

async function start(
  { settings, clock, lang }: Place,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  guardNavigation(request.headers);
  const url = request.raw.url ?? '';
  const started = await startAuthorization(settings, {
    query: url.includes('?') ? url.slice(url.indexOf('?') + 1) : '',
    lang,
    browserSecret: readBrowserSecret(request.headers.cookie),
    now: clock(),
    correlationId: request.id,
    source: readSource(request.raw.socket),
  });
  if (started.newSecret !== undefined) reply.header('set-cookie', renderBrowserCookie(started.newSecret));
  return reply.redirect(started.location, 303);
}

async function show(place: Place, request: IdRequest, reply: FastifyReply): Promise<FastifyReply> {
  guardNavigation(request.headers);
  const flow = await open(place, request);
  if (isTimedOut(flow)) return follow(flow, await endAuthorization(flow, 'timed-out'), reply);
  await touchAuthorizationRequest(place.settings.database, flow.request.id, flow.now);
  return sendPage(flow, reply);
}

async function answer(place: Place, request: IdRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireMediaType(request.headers['content-type'], 'application/x-www-form-urlencoded');
  const form = parseForm(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), new Set(['account']));
  const flow = await open(place, request);
  const step = await answerForm(flow, form);
  if (step.next === 'again' && isCounted(step.again)) keepAnswer(request);
  return follow(flow, step, reply);
}

/** Whether more happened than that a page was shown again. */
function isCounted({ problem, attemptsLeft }: Again): boolean {
  return attemptsLeft !== undefined || problem === 'code-expired';
}

function open({ settings, clock, lang }: Place, request: IdRequest): Promise<Flow> {
  return openFlow(settings, {
    id: request.params.id,
    secrets: readSecrets(request.headers.cookie, request.params.id),
    lang,
    now: clock(),
    correlationId: request.id,
    source: readSource(request.raw.socket),
  });
}

/** 303 always: a 307 would have the browser send the PSU's password on. */
async function follow(flow: Flow, step: Step, reply: FastifyReply): Promise<FastifyReply> {
  switch (step.next) {
    case 'page':
      if (step.newSecret !== undefined)
        reply.header('set-cookie', renderSignedInCookie(flow.request.id, step.newSecret));
      return reply.redirect(authorizationAddress(flow.settings.realm, flow.lang, flow.request.id), 303);
    case 'again':
      return sendPage(flow, reply.code(422), step.again);
    case 'return':
      return reply.redirect(step.location, 303);
  }
}

async function sendPage(flow: Flow, reply: FastifyReply, again?: Again): Promise<FastifyReply> {
  const page = await renderAuthorizationPage(flow, again);
  const address = authorizationAddress(flow.settings.realm, flow.lang, flow.request.id);
  return (
    reply
      .header('content-security-policy', policyFor(flow.request.redirectUri))
      // A PSU who has gone away is brought back to the third party, without script: by then the authorization has timed out.
      .header('refresh', `${inactivitySeconds + 1}; url=${address}`)
      .type('text/html; charset=utf-8')
      .send(page)
  );
}

/** Browsers apply form-action to the redirection after the form as well: the way back must be open. */
function policyFor(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  // A link into an application has no origin; its scheme is its own.
  const target = origin === 'null' ? protocol : origin;
  return webSecurityHeaders['content-security-policy'].replace("form-action 'self'", `form-action 'self' ${target}`);
}
