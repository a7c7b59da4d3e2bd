import { createHash } from 'node:crypto';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ClaimedForm, FormAnswer, FormAnswers, SentForm } from './form-answers.js';
import { isGuessless } from './form-token.js';
import { guardFormOrigin } from './guard-navigation.js';
import { parseMultipart } from './parse-multipart.js';

/** A form of our pages: whose it is, and which of its answers are given again to who sends it twice. */
export interface FormKind {
  readonly answers: FormAnswers;
  /** Of the pages that may send it. */
  readonly webUrl: string;
  /** Left out, `guardFormOrigin`. */
  readonly guard?: typeof guardFormOrigin;
  /** The secret of the browser under which the token of the form was made; undefined when it is not. Left out where anybody may send it. */
  readonly secretOf?: (request: FastifyRequest, token: string) => string | undefined;
  /** Whether a kept answer may still be given. */
  readonly isGood?: (answer: FormAnswer) => Promise<boolean>;
}

/** As Fastify has a route with a parameter. */
interface Route {
  Params: { id: string };
}

export type IdRequest = FastifyRequest<Route>;

/**
 * Answers a form that our own page posts. Whoever sends the same form twice, by a double click or by the browser's back button, gets
 * the first answer again for a minute, from whatever node: the form is acted on once. Throws `Refusal` FORM_REJECTED for other sites.
 */
export function postOnce(
  app: FastifyInstance,
  url: string,
  {
    kind,
    answer,
  }: {
    readonly kind: FormKind;
    readonly answer: (request: IdRequest, reply: FastifyReply) => Promise<FastifyReply>;
  },
): void {
  const claims = new WeakMap<FastifyRequest, ClaimedForm>();
  app.post<Route>(url, {
    preHandler: async (request, reply) => {
      (kind.guard ?? guardFormOrigin)(request.headers, kind.webUrl);
      const form = readSent(request as FastifyRequest, kind);
      const before = form && (await kind.answers.claim(form));
      if (before === undefined) return;
      if (!('status' in before)) claims.set(request as FastifyRequest, before);
      else if (await (kind.isGood?.(before) ?? true)) return send(reply, before);
    },
    onSend: async (request, reply, payload) => {
      const claim = claims.get(request as FastifyRequest);
      if (claim === undefined) return payload;
      claims.delete(request as FastifyRequest);
      const keeps = reply.statusCode < 400 || kept.has(request as FastifyRequest);
      await (keeps ? claim.keep(describe(reply, payload)) : claim.release());
      return payload;
    },
    handler: (request, reply) => answer(request, reply),
  });
}

const kept = new WeakSet<FastifyRequest>();

/** Says that a form was acted on although its answer is a page with what is wrong: sent again, it gets the same one. */
export function keepAnswer(request: FastifyRequest): void {
  kept.add(request);
}

/** What belongs to a request and not to its answer is made anew. */
const ofTheRequest = new Set(['x-correlation-id', 'x-request-id', 'content-length', 'connection', 'date']);

function describe(reply: FastifyReply, payload: unknown): FormAnswer {
  const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    value === undefined || ofTheRequest.has(name)
      ? []
      : [[name, Array.isArray(value) ? value : String(value)] as const],
  );
  const body =
    typeof payload === 'string' || Buffer.isBuffer(payload) ? Buffer.from(payload as string) : Buffer.alloc(0);
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body };
}

function send(reply: FastifyReply, { status, headers, body }: FormAnswer): FastifyReply {
  return reply
    .code(status)
    .headers({ ...headers })
    .send(body.length === 0 ? undefined : Buffer.from(body));
}

/** Undefined for what is no form of a page that we have shown: it is answered like any request, each time. */
function readSent(request: FastifyRequest, { secretOf }: FormKind): SentForm | undefined {
  const read = readFields(request);
  if (read === undefined || !isGuessless(read.token)) return undefined;
  const secret = secretOf === undefined ? '' : secretOf(request, read.token);
  return secret === undefined
    ? undefined
    : { secret: `${secret} ${read.token}`, content: `${request.url} ${read.digest}` };
}

interface Fields {
  readonly token: string;
  readonly digest: string;
}

function readFields({ headers, body }: FastifyRequest): Fields | undefined {
  const type = headers['content-type'];
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return type?.startsWith('multipart/') ? readParts(type, body) : readPairs(body);
  } catch (cause) {
    if (cause instanceof Refusal) return undefined;
    throw cause;
  }
}

/** A browser puts another boundary between the parts each time. */
function readParts(type: string, body: Buffer): Fields {
  const parts = parseMultipart(type, body);
  const token = parts.find(({ name }) => name === 'form_token');
  const hash = createHash('sha256');
  for (const { name, isFile, octets } of parts) hash.update(`${name} ${isFile} ${octets.length}\n`).update(octets);
  return { token: Buffer.from(token?.octets ?? []).toString('latin1'), digest: hash.digest('base64url') };
}

function readPairs(body: Buffer): Fields {
  const token = new URLSearchParams(body.toString('latin1')).get('form_token') ?? '';
  return { token, digest: createHash('sha256').update(body).digest('base64url') };
}
