import { createHash } from 'node:crypto';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { Scope } from '@postern/core/registration/scope-for-roles.js';
import { accessTokenType } from '@postern/core/token/access-token-claims.js';
import { parseAccessTokenClaims } from '@postern/core/token/parse-access-token-claims.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachStore } from '../../../tests/material/each-store.js';
import { type OauthWorld, openOauthWorld, realm } from '../../../tests/material/oauth-world.js';
import { parseForm } from '../http/parse-form.js';
import { createSecret, hashSecret } from '../http/secret.js';
import type { Realm } from '../realm.js';
import { insertCode } from '../store/codes.js';
import { insertGrant, readGrant } from '../store/grants.js';
import { createUuid } from '../store/uuid.js';
import { answerTokenRequest } from './answer-token-request.js';
import { createIssueCount } from './count-issues.js';
import { parseTokenRequest } from './parse-token-request.js';
import type { TokenAnswer } from './token-context.js';

const verifier = 'v'.repeat(64);
const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
const redirectUri = 'https://tpp.example/cb';
const one = 'PSDFR-ACPR-1';
const two = 'PSDFR-ACPR-2';

let world: OauthWorld;
let evicted: string[];
let countIssue = createIssueCount();

interface Caller {
  readonly organization?: string;
  readonly certificate?: string;
  readonly in?: Realm;
}

function ask(parameters: Readonly<Record<string, string>>, caller: Caller = {}): Promise<TokenAnswer> {
  const { database, signingKeys, tokens, now } = world;
  const settings = {
    database,
    signingKeys,
    tokens,
    realm: caller.in ?? realm,
    onGrantEnded: (id: string) => void evicted.push(id),
    countIssue,
  };
  const organization = caller.organization ?? one;
  const judge = { judge: async () => world.decide(organization, caller.certificate) };
  const request = parseTokenRequest(
    parseForm(Buffer.from(new URLSearchParams({ client_id: 'c1', ...parameters }).toString())),
  );
  return answerTokenRequest(settings, judge, { presented: [], request, now, correlationId: 'c' });
}

async function grantCode(scope: readonly Scope[] = ['aisp', 'extended_transaction_history'], clientId = 'c1') {
  const { database, now } = world;
  const grant = {
    id: createUuid(now),
    clientId,
    brand: realm.brand.id,
    environment: realm.environment,
    psu: 'camille',
    scope,
    accounts: ['a1'],
    authenticatedAt: now,
    expiresAt: new Date(now.getTime() + 180 * 86_400_000),
  };
  const code = createSecret();
  await insertGrant(database, grant);
  await insertCode(database, {
    codeHash: hashSecret(code),
    grantId: grant.id,
    clientId,
    redirectUri,
    codeChallenge,
    issuedAt: now,
    expiresAt: new Date(now.getTime() + 60_000),
  });
  const exchange = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  return { grant, code, exchange, isEnded: async () => (await readGrant(database, grant.id))?.endedAt !== undefined };
}

async function codeOf(work: Promise<unknown> | (() => Promise<unknown>)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work);
    return 'answered';
  } catch (cause) {
    if (cause instanceof Refusal) return cause.code;
    throw cause;
  }
}

const claimsOf = (answer: TokenAnswer) =>
  parseAccessTokenClaims(world.signingKeys.verifyJwt(accessTokenType, answer.access_token));
const refresh = (answer: TokenAnswer, more: Readonly<Record<string, string>> = {}) => ({
  grant_type: 'refresh_token',
  refresh_token: answer.refresh_token ?? '',
  ...more,
});

describe.each(eachStore)('tokens on %s', (_kind, open) => {
  beforeAll(async () => {
    world = await openOauthWorld(open);
    await world.addClient({ clientId: 'c1', organization: one });
    await world.addClient({ clientId: 'c1b', organization: one, scope: 'aisp' });
    await world.addClient({ clientId: 'c2', organization: two });
  }, 60_000);
  afterAll(() => world.close());
  beforeEach(() => {
    world.now = new Date('2026-11-22T10:00:00Z');
    world.roles = ['PSP_AI', 'PSP_PI', 'PSP_IC'];
    evicted = [];
    countIssue = createIssueCount();
  });

  describe('authorization code', () => {
    it('gives a token bound to certificate, client, grant and PSU', async () => {
      const { exchange, grant } = await grantCode();
      const answer = await ask(exchange);
      expect(answer).toMatchObject({
        token_type: 'Bearer',
        expires_in: 900,
        scope: 'aisp extended_transaction_history',
      });
      const claims = claimsOf(answer);
      const { qualification } = world.decide(one);
      expect(claims).toMatchObject({
        issuer: realm.issuer,
        audience: `${realm.issuer}/stet-psd2-api`,
        clientId: 'c1',
        grantId: grant.id,
        boundThumbprint: qualification.outcome === 'qualified' ? qualification.certificate.thumbprint : '',
      });
      expect(claims.subject).not.toContain('camille');
      const again = claimsOf(await ask((await grantCode()).exchange));
      expect(again.subject).toBe(claims.subject);
      const other = await grantCode(['aisp'], 'c2');
      expect(claimsOf(await ask({ ...other.exchange, client_id: 'c2' }, { organization: two })).subject).not.toBe(
        claims.subject,
      );
    });

    it('records decision, event and refresh token together, and no secret', async () => {
      const { exchange, code } = await grantCode();
      const answer = await ask(exchange);
      const stored = JSON.stringify([
        await world.database.query('select * from refresh_token'),
        await world.database.query('select * from audit_event'),
        await world.database.query('select * from authorization_code'),
      ]);
      for (const secret of [code, answer.access_token, answer.refresh_token ?? '', verifier])
        expect(stored).not.toContain(secret);
      const rows = await world.database.query<{ decision_id: string }>(
        `select decision_id from audit_event where kind = 'token-issued' and decision_id in (select id from decision) order by at desc limit 1`,
      );
      expect(rows).toHaveLength(1);
    });

    it('T1 needs a certificate', async () => {
      const { exchange } = await grantCode();
      expect(await codeOf(ask(exchange, { organization: '' }))).toBe('CERTIFICATE_MISSING');
    });

    it('T2 T3 knows only clients of the organisation of the certificate', async () => {
      const { exchange, isEnded } = await grantCode();
      expect(await codeOf(ask(exchange, { organization: two }))).toBe('CLIENT_UNKNOWN');
      expect(await codeOf(ask({ ...exchange, client_id: 'nobody' }))).toBe('CLIENT_UNKNOWN');
      expect(await codeOf(ask(exchange, { in: { ...realm, environment: 'sandbox' } }))).toBe('CLIENT_UNKNOWN');
      expect(await isEnded()).toBe(false);
      expect(await codeOf(ask(exchange))).toBe('answered');
    });

    it('T15 burns a code in the hands of another client', async () => {
      const { exchange } = await grantCode();
      expect(await codeOf(ask({ ...exchange, client_id: 'c2' }, { organization: two }))).toBe('GRANT_INVALID');
      expect(await codeOf(ask(exchange))).toBe('GRANT_INVALID');
    });

    it('T16 ends the grant when a code comes twice', async () => {
      const { exchange, grant, isEnded } = await grantCode();
      const answer = await ask(exchange);
      expect(await codeOf(ask(exchange))).toBe('GRANT_INVALID');
      expect(await isEnded()).toBe(true);
      expect(evicted).toEqual([grant.id]);
      expect(await codeOf(ask(refresh(answer)))).toBe('GRANT_INVALID');
    });

    it('T17 gives tokens to exactly one of fifty', async () => {
      const { exchange } = await grantCode();
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => codeOf(ask(exchange))));
      expect(outcomes.filter((outcome) => outcome === 'answered')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'GRANT_INVALID')).toHaveLength(49);
    });

    it.each<[string, Readonly<Record<string, string>>, string]>([
      ['T19 redirect_uri missing', { redirect_uri: '' }, 'GRANT_INVALID'],
      ['T19 redirect_uri with a slash more', { redirect_uri: `${redirectUri}/` }, 'GRANT_INVALID'],
      ['T20 verifier missing', { code_verifier: '' }, 'GRANT_INVALID'],
      ['T20 verifier wrong', { code_verifier: 'w'.repeat(64) }, 'GRANT_INVALID'],
      ['T20 verifier short', { code_verifier: 'v'.repeat(42) }, 'OAUTH_REQUEST_INVALID'],
      ['T20 verifier long', { code_verifier: 'v'.repeat(129) }, 'OAUTH_REQUEST_INVALID'],
      ['T20 verifier of other characters', { code_verifier: '+'.repeat(64) }, 'OAUTH_REQUEST_INVALID'],
      ['code missing', { code: '' }, 'OAUTH_REQUEST_INVALID'],
      ['code unknown', { code: 'x' }, 'GRANT_INVALID'],
      ['T35 challenge in the place of the code', { code: codeChallenge }, 'GRANT_INVALID'],
      ['T14 scope beyond the grant', { scope: 'cbpii' }, 'SCOPE_INVALID'],
      ['scope unknown', { scope: 'openid' }, 'SCOPE_INVALID'],
      ['T4 client_id missing', { client_id: '' }, 'OAUTH_REQUEST_INVALID'],
      ['T5 a secret beside', { client_secret: 's' }, 'CLIENT_AUTHENTICATION_INVALID'],
      ['T5 an assertion beside', { client_assertion: 'a', client_assertion_type: 'b' }, 'OAUTH_REQUEST_INVALID'],
      ['T11 password', { grant_type: 'password' }, 'GRANT_TYPE_UNSUPPORTED'],
      ['T11 none', { grant_type: '' }, 'OAUTH_REQUEST_INVALID'],
    ])('refuses: %s, and leaves the code as it is', async (_title, change, code) => {
      const { exchange } = await grantCode();
      expect(await codeOf(async () => ask({ ...exchange, ...change }))).toBe(code);
      expect(await codeOf(ask(exchange))).toBe('answered');
    });

    it('expires', async () => {
      const { exchange } = await grantCode();
      world.advance(60);
      expect(await codeOf(ask(exchange))).toBe('GRANT_INVALID');
    });

    it('T45 is used up for a clock that was set back as well', async () => {
      const { exchange } = await grantCode();
      world.advance(30);
      await ask(exchange);
      world.advance(-300);
      expect(await codeOf(ask(exchange))).toBe('GRANT_INVALID');
    });

    it('T14 gives only what the roles held now cover in production, and nothing when none is left', async () => {
      world.roles = ['PSP_AI'];
      const { exchange } = await grantCode(['aisp', 'cbpii']);
      expect((await ask(exchange)).scope).toBe('aisp');
      world.roles = ['PSP_PI'];
      expect(await codeOf(ask((await grantCode(['aisp'])).exchange))).toBe('SCOPE_INVALID');
    });
  });

  describe('refresh token', () => {
    const issue = async (scope?: readonly Scope[]) => {
      const granted = await grantCode(scope);
      return { ...granted, answer: await ask(granted.exchange) };
    };

    it('D9: is given sixty times a minute for one grant, and then there is a time to wait; other grants go on', async () => {
      const { exchange } = await grantCode();
      const answer = await ask(exchange);
      for (let times = 1; times < 60; times += 1) await ask(refresh(answer));
      await expect(ask(refresh(answer))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
      expect(await codeOf(ask((await grantCode()).exchange))).toBe('answered');
      world.now = new Date(world.now.getTime() + 1_000);
      expect(await codeOf(ask(refresh(answer)))).toBe('answered');
    });

    it('rotates and drops the longer history', async () => {
      const { answer } = await issue();
      const next = await ask(refresh(answer));
      expect(next.scope).toBe('aisp');
      expect(next.refresh_token).not.toBe(answer.refresh_token);
      expect((await ask(refresh(next))).scope).toBe('aisp');
      expect((await ask(refresh(next, { scope: 'aisp extended_transaction_history' }))).scope).toBe('aisp');
    });

    it('T22 is of one client, and stays its own after the try of another', async () => {
      const { answer } = await issue();
      expect(await codeOf(ask(refresh(answer, { client_id: 'c2' }), { organization: two }))).toBe('GRANT_INVALID');
      expect(await codeOf(ask(refresh(answer, { client_id: 'c1b' })))).toBe('GRANT_INVALID');
      expect(await codeOf(ask(refresh(answer)))).toBe('answered');
    });

    it('T23 works with a renewed certificate, and binds to it', async () => {
      const { answer } = await issue();
      const renewed = claimsOf(await ask(refresh(answer), { certificate: 'renewed' }));
      const { qualification } = world.decide(one, 'renewed');
      expect(qualification.outcome === 'qualified' && qualification.certificate.thumbprint).toBe(
        renewed.boundThumbprint,
      );
      expect(renewed.boundThumbprint).not.toBe(claimsOf(answer).boundThumbprint);
    });

    it('T26 works again within the grace, and at the same time', async () => {
      const { answer } = await issue();
      const both = await Promise.all([ask(refresh(answer)), ask(refresh(answer))]);
      world.advance(60);
      both.push(await ask(refresh(answer)));
      for (const each of both) expect(await codeOf(ask(refresh(each)))).toBe('answered');
    });

    it('T25 ends the family after the grace of its first use, however often it was used within', async () => {
      const { answer, isEnded } = await issue();
      await ask(refresh(answer));
      world.advance(50);
      await ask(refresh(answer));
      world.advance(50);
      expect(await codeOf(ask(refresh(answer)))).toBe('GRANT_INVALID');
      expect(await isEnded()).toBe(true);
    });

    it('T25 ends the family when it comes back after the grace', async () => {
      const { answer, grant, isEnded } = await issue();
      const next = await ask(refresh(answer));
      world.advance(61);
      expect(await codeOf(ask(refresh(answer)))).toBe('GRANT_INVALID');
      expect(await isEnded()).toBe(true);
      expect(evicted).toEqual([grant.id]);
      expect(await codeOf(ask(refresh(next)))).toBe('GRANT_INVALID');
    });

    it('T27 never asks for more, and may ask for less', async () => {
      const { answer } = await issue(['aisp', 'cbpii']);
      expect(await codeOf(ask(refresh(answer, { scope: 'aisp pisp' })))).toBe('SCOPE_INVALID');
      const narrow = await ask(refresh(answer, { scope: 'cbpii' }));
      expect(narrow.scope).toBe('cbpii');
      expect((await ask(refresh(narrow))).scope).toBe('aisp cbpii');
    });

    it('lives 180 days from the authentication, however often it is used', async () => {
      let { answer } = await issue();
      world.advance(179 * 86_400);
      answer = await ask(refresh(answer));
      world.advance(86_400 - 100);
      answer = await ask(refresh(answer));
      expect(answer.expires_in).toBe(100);
      world.advance(100);
      expect(await codeOf(ask(refresh(answer)))).toBe('GRANT_INVALID');
    });

    it('ends when the role is lost, and works again when it is regained', async () => {
      const { answer } = await issue();
      world.roles = [];
      expect(await codeOf(ask(refresh(answer)))).toBe('SCOPE_INVALID');
      world.roles = ['PSP_AI'];
      expect(await codeOf(ask(refresh(answer)))).toBe('answered');
    });

    it('is not an access token, nor the other way round', async () => {
      const { answer } = await issue();
      expect(() => world.signingKeys.verifyJwt(accessTokenType, answer.refresh_token ?? '')).toThrow(Refusal);
      expect(await codeOf(ask({ grant_type: 'refresh_token', refresh_token: answer.access_token }))).toBe(
        'GRANT_INVALID',
      );
    });
  });

  describe('client credentials', () => {
    const credentials = { grant_type: 'client_credentials' };

    it('gives a token of the client itself for pisp, without a refresh token', async () => {
      const answer = await ask({ ...credentials, scope: 'pisp' });
      expect(answer).toMatchObject({ scope: 'pisp', expires_in: 900 });
      expect(answer.refresh_token).toBeUndefined();
      expect(claimsOf(answer)).toMatchObject({ subject: 'c1', clientId: 'c1', grantId: undefined });
      expect((await ask(credentials)).scope).toBe('pisp');
    });

    it('T13 T14 refuses other scopes, a scope not registered and a role not held', async () => {
      expect(await codeOf(ask({ ...credentials, scope: 'aisp' }))).toBe('SCOPE_INVALID');
      expect(await codeOf(ask({ ...credentials, scope: 'pisp aisp' }))).toBe('SCOPE_INVALID');
      expect(await codeOf(ask({ ...credentials, client_id: 'c1b' }))).toBe('SCOPE_INVALID');
      world.roles = ['PSP_AI'];
      expect(await codeOf(ask(credentials))).toBe('SCOPE_INVALID');
    });

    it('refuses a grant type that is not registered', async () => {
      await world.addClient({ clientId: 'c3', organization: one, change: { grant_types: ['client_credentials'] } });
      expect(await codeOf(ask({ grant_type: 'refresh_token', refresh_token: 'x', client_id: 'c3' }))).toBe(
        'GRANT_TYPE_NOT_REGISTERED',
      );
    });
  });
});
