import { Refusal } from '@postern/core/refusal/refusal.js';
import { readSingleHeader } from '@postern/core/signature/header-list.js';
import { parseBase64 } from '@postern/core/signature/parse-base64.js';
import type { FastifyInstance } from 'fastify';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { requireMediaType } from '../http/require-media-type.js';
import type { SandboxAuthority } from './open-authority.js';
import { ocspQuestions, type SandboxPlace } from './sandbox-place.js';
import type { StatusAnswers } from './status-answers.js';

const longestQuestion = 4_096;

/** OCSP by GET and POST (RFC 6960 appendix A), CRLs and CA certificates of one sandbox, for whoever wants to check its certificates. */
export function sandboxStatusRoutes(
  app: FastifyInstance,
  { place, authority, answers }: { place: SandboxPlace; authority: () => SandboxAuthority; answers: StatusAnswers },
  clock: () => Date,
): void {
  const base = `/sandbox/${place.brand}`;
  const say = (octets: Uint8Array) => ({
    status: 200,
    body: { type: 'application/ocsp-response', content: answers.ocsp(octets, clock()) },
  });
  app.answerDirectly({
    method: 'GET',
    path: `${ocspQuestions(place)}*`,
    answer: ({ parameter }) => say(parseBase64(parameter, longestQuestion) ?? new Uint8Array()),
  });
  app.answerDirectly({
    method: 'POST',
    path: `${base}/ocsp`,
    answer: ({ headers, body }) => {
      requireMediaType(readSingleHeader(headers, 'content-type'), 'application/ocsp-request');
      return say(body);
    },
  });
  app.get<{ Params: { name: string } }>(`${base}/crl/:name`, async (request, reply) => {
    const crl = answers.crl(numberOf(request.params.name, 'crl'), clock());
    if (crl === undefined) throw notThere();
    return reply.type('application/pkix-crl').send(Buffer.from(crl));
  });
  refuseOtherMethods(app, `${base}/crl/:name`, ['GET']);
  app.get<{ Params: { name: string } }>(`${base}/certificates/:name`, async (request, reply) => {
    const { root, issuers } = authority();
    const number = numberOf(request.params.name, 'cer');
    const issuer = issuers.find((each) => each.number === number)?.credential;
    const credential = request.params.name === 'root.cer' ? root : issuer;
    if (credential === undefined) throw notThere();
    return reply.type('application/pkix-cert').send(Buffer.from(credential.certificate.der));
  });
  refuseOtherMethods(app, `${base}/certificates/:name`, ['GET']);
}

function numberOf(name: string, ending: 'crl' | 'cer'): number {
  const [, digits, found] = /^([1-9]\d{0,5})\.(crl|cer)$/.exec(name) ?? [];
  return found === ending ? Number(digits) : Number.NaN;
}

function notThere(): Refusal {
  return new Refusal('NOT_FOUND', 'This sandbox has no such issuing CA.');
}
