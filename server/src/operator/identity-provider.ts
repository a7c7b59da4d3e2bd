import { createPrivateKey } from 'node:crypto';
import { type Note, noteName } from '@postern/core/refusal/note.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import * as openid from 'openid-client';
import type { OpenidSignIn } from '../operator-config-schema.js';
import type { IdentityClaims } from './admit-operator.js';
import { askRights } from './ask-rights.js';
import { createIssuerFetch } from './issuer-fetch.js';
import type { SignInAttempt } from './sign-in-attempt.js';

/** The bank's identity provider (OpenID Connect Core, code flow). */
export interface IdentityProvider {
  readonly policy: Pick<OpenidSignIn, 'issuer' | 'require' | 'decide'>;
  /** Where the browser goes to sign in. Throws Refusal OPERATOR_SIGN_IN_FAILED when the provider does not answer. */
  startAddress(attempt: SignInAttempt): Promise<string>;
  /** Who came back to `address` with an answer to the attempt, and what to ask the provider with. Throws Refusal OPERATOR_SIGN_IN_FAILED. */
  redeem(address: URL, attempt: SignInAttempt): Promise<SignedIn>;
  /**
   * What the provider says now of a person; undefined when it takes the tokens no more.
   * Throws Refusal OPERATOR_RIGHTS_UNKNOWN when it does not answer as it should.
   */
  askRights(tokens: ProviderTokens, subject: string): Promise<ProviderAnswer | undefined>;
}

/** What the provider gave to ask it with. */
export interface ProviderTokens {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
}

export interface SignedIn {
  /** Of the ID token. */
  readonly claims: IdentityClaims;
  readonly tokens: ProviderTokens;
}

/** Claims of this moment, and the tokens for the next time. */
export interface ProviderAnswer {
  readonly claims: IdentityClaims;
  readonly tokens: ProviderTokens;
}

export interface IdentityProviderOptions {
  readonly signIn: OpenidSignIn;
  readonly redirectUri: string;
  /** Behind the references of the configuration. */
  readonly secrets: {
    readonly clientSecret: string | undefined;
    readonly clientKey: string | undefined;
    readonly ca: string | undefined;
  };
  readonly clock: () => Date;
}

const timeoutSeconds = 10;
const discoverAgainAfter = 3_600_000;
const askAgainAfter = 5_000;

/** Opens the way to the provider; it is asked who it is at the first sign-in, and again every hour. */
export function createIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { signIn, redirectUri, clock } = options;
  const discover = askOnceFor(() => askProvider(options), clock);
  return {
    policy: signIn,
    startAddress: async ({ state, nonce, codeVerifier }) => {
      const configuration = await discover().catch((cause) => {
        throw signInFailed("The bank's identity provider does not answer as it should.", cause);
      });
      const code_challenge = await openid.calculatePKCECodeChallenge(codeVerifier);
      const asked = { scope: signIn.scope, state, nonce, code_challenge, code_challenge_method: 'S256' };
      return openid.buildAuthorizationUrl(configuration, { redirect_uri: redirectUri, ...asked }).href;
    },
    redeem: async (address, { state, nonce, codeVerifier }) => {
      try {
        const answer = await openid.authorizationCodeGrant(await discover(), address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const tokens = { accessToken: answer.access_token, refreshToken: answer.refresh_token };
        return { claims: answer.claims() ?? {}, tokens };
      } catch (cause) {
        throw signInFailed("The answer of the bank's identity provider cannot be accepted.", cause);
      }
    },
    askRights: async (tokens, subject) => {
      try {
        return await askRights(await discover(), { tokens, subject, from: signIn.rightsFrom });
      } catch (cause) {
        throw new Refusal(
          'OPERATOR_RIGHTS_UNKNOWN',
          "The bank's identity provider does not say now whether you may do this.",
          { detail: { cause: codesOf(cause) }, retryAfterSeconds: askAgainAfter / 1_000 },
        );
      }
    },
  };
}

/** One question for all who wait for its answer; after a failure none for some seconds, however many knock. */
function askOnceFor<T>(ask: () => Promise<T>, clock: () => Date): () => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T>; keepFor: number } | undefined;
  return () => {
    const now = clock().getTime();
    if (last !== undefined && now >= last.at && now - last.at < last.keepFor) return last.answer;
    const asked = { at: now, answer: ask(), keepFor: discoverAgainAfter };
    asked.answer.catch(() => {
      asked.keepFor = askAgainAfter;
    });
    last = asked;
    return asked.answer;
  };
}

async function askProvider({ signIn, secrets }: IdentityProviderOptions): Promise<openid.Configuration> {
  return openid.discovery(new URL(signIn.issuer), signIn.clientId, {}, await authenticateBy(signIn, secrets), {
    [openid.customFetch]: createIssuerFetch(secrets.ca),
    timeout: timeoutSeconds,
    // ID tokens come over TLS from the provider itself; their signatures are verified all the same.
    execute: [openid.enableNonRepudiationChecks],
  });
}

async function authenticateBy(
  { clientKey }: OpenidSignIn,
  secrets: IdentityProviderOptions['secrets'],
): Promise<openid.ClientAuth> {
  if (secrets.clientKey === undefined) return openid.ClientSecretBasic(secrets.clientSecret);
  const key = createPrivateKey(secrets.clientKey);
  const algorithm =
    key.asymmetricKeyType === 'ec' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'RSA-PSS', hash: 'SHA-256' };
  const signing = key.toCryptoKey(algorithm, false, ['sign']) as openid.CryptoKey;
  return openid.PrivateKeyJwt(clientKey?.keyId === undefined ? signing : { key: signing, kid: clientKey.keyId });
}

/** The codes of the causes are for the log: they name what was expected. Their words may quote what the provider sent, tokens too. */
function signInFailed(message: string, cause: unknown): Refusal {
  return new Refusal('OPERATOR_SIGN_IN_FAILED', message, { detail: { cause: codesOf(cause) } });
}

function codesOf(cause: unknown): Note {
  const codes = [codeOf(cause), ...(cause instanceof Error ? [codeOf(cause.cause)] : [])].filter(Boolean);
  return noteName(codes.join('/'));
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
