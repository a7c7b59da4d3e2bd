import { noteName } from '@postern/core/refusal/note.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { admitPeer, type CertificateJudge, type QualifiedPeer } from '../decision.js';
import { requireActive } from '../require-active.js';
import { readActingClient } from '../store/clients.js';
import { exchangeCode } from './exchange-code.js';
import { issueClientToken } from './issue-client-token.js';
import type { TokenRequest } from './parse-token-request.js';
import { refreshAccess } from './refresh-access.js';
import type { TokenAnswer, TokenContext, TokenSettings } from './token-context.js';

export interface TokenCall {
  readonly presented: readonly Uint8Array[];
  readonly request: TokenRequest;
  readonly now: Date;
  readonly correlationId: string;
}

/**
 * Answers a token request: the certificate of the connection is judged, the client must belong to its organisation
 * (RFC 8705 section 2.1), then the grant decides. A token is recorded before it is answered.
 */
export function answerTokenRequest(
  settings: TokenSettings,
  judge: CertificateJudge,
  call: TokenCall,
): Promise<TokenAnswer> {
  return admitPeer(judge, call.presented, async (peer) =>
    issue(await authenticate(settings, peer, call), call.request),
  );
}

/** An unknown client and a client of another organisation get the same answer, after the same work. */
async function authenticate(settings: TokenSettings, peer: QualifiedPeer, call: TokenCall): Promise<TokenContext> {
  const { brand, environment } = settings.realm;
  const client = await readActingClient(settings.database, {
    brand: brand.id,
    environment,
    clientId: call.request.clientId,
  });
  if (client === undefined || client.organizationIdentifier !== peer.organization.identifier) {
    throw new Refusal('CLIENT_UNKNOWN', 'This organisation has no such client_id here.', {
      ...(client === undefined ? {} : { detail: { owner: noteName(client.organizationIdentifier) } }),
    });
  }
  requireActive(client);
  return { ...settings, peer, client, now: call.now, correlationId: call.correlationId };
}

function issue(context: TokenContext, request: TokenRequest): Promise<TokenAnswer> {
  switch (request.grantType) {
    case 'authorization_code':
      return exchangeCode(context, request);
    case 'refresh_token':
      return refreshAccess(context, request);
    case 'client_credentials':
      return issueClientToken(context, request);
  }
}
