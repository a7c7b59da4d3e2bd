import { Refusal } from '@postern/core/refusal/refusal.js';
import type { FastifyInstance } from 'fastify';
import type { CertificateJudge } from '../decision.js';
import { parseForm } from '../http/parse-form.js';
import { readPeerCertificates } from '../http/peer-certificates.js';
import { refuseOtherMethods } from '../http/refuse-other-methods.js';
import { requireMediaType } from '../http/require-media-type.js';
import type { Realm } from '../realm.js';
import { answerTokenRequest } from './answer-token-request.js';
import { createIssueCount } from './count-issues.js';
import { parseTokenRequest } from './parse-token-request.js';
import type { TokenSettings } from './token-context.js';

export interface TokenDependencies extends Omit<TokenSettings, 'realm' | 'countIssue'> {
  readonly judge: CertificateJudge;
  readonly clock: () => Date;
}

/** The token endpoint of a realm (RFC 6749 section 3.2), on the api listener, whose dialect of refusals is OAuth's. */
export function tokenRoutes(app: FastifyInstance, realm: Realm, dependencies: TokenDependencies): void {
  const { judge, clock, ...rest } = dependencies;
  const settings: TokenSettings = { ...rest, realm, countIssue: createIssueCount() };
  const url = `${realm.prefix}/oauth2/token`;
  app.post<{ Body: Buffer | undefined }>(url, async (request, reply) => {
    requireMediaType(request.headers['content-type'], 'application/x-www-form-urlencoded');
    if (request.url.includes('?'))
      throw invalid('Parameters go in the body: the address of the token endpoint takes no query.');
    const answer = await answerTokenRequest(settings, judge, {
      presented: readPeerCertificates(request.raw.socket),
      request: parseTokenRequest(parseForm(request.body ?? Buffer.alloc(0)), request.headers.authorization),
      now: clock(),
      correlationId: request.id,
    });
    return reply
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(answer));
  });
  refuseOtherMethods(app, url, ['POST']);
}

function invalid(message: string): Refusal {
  return new Refusal('OAUTH_REQUEST_INVALID', message);
}
