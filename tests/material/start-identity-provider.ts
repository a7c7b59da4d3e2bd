import { generateKeyPairSync, type webcrypto } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type Context, Provider } from 'oidc-provider';

/** What the identity provider knows of a person, by subject, at the moment in which it is asked. */
export type People = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface IdentityProviderPlan {
  readonly port: number;
  /** PEM, of a server on localhost. */
  readonly tls: { readonly key: string; readonly certificate: string };
  readonly redirectUri: string;
  readonly people: People;
  /** Of the client that signs its requests for tokens. */
  readonly clientJwk: webcrypto.JsonWebKey;
}

export interface RunningIdentityProvider {
  readonly issuer: string;
  /** Every request that had no answer because of a fault. */
  readonly faults: readonly Error[];
  /** How often a code or a refresh token was to be redeemed. */
  redemptions(): number;
  /** How often it was asked who somebody is (UserInfo). */
  questions(): number;
  /** Every access token and refresh token that was given. */
  readonly tokens: readonly string[];
  /** Takes no connections until it is started again. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export const clientSecret = 'a secret of the tests';

/** Another site than the console's, as a browser sees it: `localhost` and this address are two. */
export function issuerAt(port: number): string {
  return `https://127.0.0.1:${port}`;
}

/** Starts oidc-provider over TLS, with a page on which anybody signs in as anybody: `POST` of `login`. */
export async function startIdentityProvider(plan: IdentityProviderPlan): Promise<RunningIdentityProvider> {
  const issuer = issuerAt(plan.port);
  const provider = new Provider(issuer, configure(plan));
  const faults: Error[] = [];
  provider.on('server_error', (_context, error) => faults.push(error));
  const tokens: string[] = [];
  provider.on('grant.success', ({ body }) => tokens.push(body.access_token, ...[body.refresh_token ?? []].flat()));
  const answer = provider.callback();
  let redemptions = 0;
  let questions = 0;
  const server = createServer({ key: plan.tls.key, cert: plan.tls.certificate }, (request, response) => {
    if (request.url === '/token') redemptions += 1;
    if (request.url === '/me') questions += 1;
    if (request.url?.startsWith('/interaction/')) void interact(provider, request, response);
    else answer(request, response);
  });
  const resume = () => new Promise<void>((resolve) => server.listen(plan.port, '127.0.0.1', resolve));
  const pause = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await resume();
  return {
    issuer,
    faults,
    tokens,
    redemptions: () => redemptions,
    questions: () => questions,
    pause,
    resume,
    stop: pause,
  };
}

function configure({ people, redirectUri, clientJwk }: IdentityProviderPlan): Readonly<Record<string, unknown>> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'of-the-provider' };
  const client = {
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
  return {
    clients: [
      { ...client, client_id: 'console', client_secret: clientSecret },
      {
        ...client,
        client_id: 'console-with-key',
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        jwks: { keys: [clientJwk] },
      },
    ],
    cookies: { keys: ['of the tests'] },
    jwks: { keys: [jwk] },
    scopes: ['openid', 'profile', 'groups'],
    claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
    conformIdTokenClaims: false,
    issueRefreshToken: async (_context: unknown, { clientId }: { clientId: string }) => clientId !== 'console-with-key',
    // Each is good once; who sends one again loses them all.
    rotateRefreshToken: true,
    ttl: {
      ...{ AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      RefreshToken: 600,
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: async () => ({ sub, ...people[sub] }),
    }),
    loadExistingGrant: agreeAlways,
  };
}

async function agreeAlways({ oidc }: Context) {
  const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
  grant.addOIDCScope(oidc.params.scope);
  await grant.save();
  return grant;
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      '<!doctype html><form method="post"><label>login <input name="login"></label><button>in</button></form>',
    );
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const accountId = new URLSearchParams(Buffer.concat(chunks).toString()).get('login') ?? '';
  await provider.interactionFinished(request, response, { login: { accountId } }, { mergeWithLastSubmission: false });
}
