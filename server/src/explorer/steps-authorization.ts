import { createHash, randomBytes } from 'node:crypto';
import { exhibitExchange } from './exhibit-exchange.js';
import { need, type RunStep } from './journey-world.js';
import { visitPages } from './visit-pages.js';

/** Sends a customer to the bank and takes the code that comes back (RFC 6749 section 4.1, RFC 7636, RFC 9207). */
export const authorize: RunStep = async ({ facts, name, send, customer }, state) => {
  const verifier = randomBytes(32).toString('base64url');
  const sent = randomBytes(16).toString('base64url');
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: need(state, 'clientId'),
    redirect_uri: facts.redirectUri,
    scope: 'aisp',
    state: sent,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const url = `${facts.authorization}?${parameters.toString()}`;
  const visit = await visitPages({ send, url, customer, thirdParty: name, redirectUri: facts.redirectUri });
  const exhibits = [
    exhibitExchange(visit.first),
    { kind: 'visit', text: visit.pages.map((page, index) => `${index + 1}. ${page}`).join('\n') } as const,
    exhibitExchange(withoutForm(visit.last)),
  ];
  const returned = new URLSearchParams(visit.leftTo === undefined ? '' : new URL(visit.leftTo).search);
  const code = returned.get('code') ?? undefined;
  const held = code !== undefined && returned.get('state') === sent && returned.get('iss') === facts.issuer;
  return held ? { held, exhibits, found: { code, verifier } } : { held: false, exhibits };
};

/** What a customer types belongs on no page. */
function withoutForm(exchange: Parameters<typeof exhibitExchange>[0]): typeof exchange {
  const { cookie: _cookie, ...headers } = exchange.request.headers ?? {};
  const { body: _body, ...request } = exchange.request;
  return { ...exchange, request: { ...request, headers } };
}

/** Exchanges the code for an access token that is bound to the QWAC. */
export const takeToken: RunStep = async ({ facts, send }, state) => {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: need(state, 'clientId'),
    code: need(state, 'code'),
    redirect_uri: facts.redirectUri,
    code_verifier: need(state, 'verifier'),
  });
  const exchange = await send(
    {
      method: 'POST',
      url: `${facts.issuer}/oauth2/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
    },
    need(state, 'identity'),
  );
  const exhibits = [exhibitExchange(exchange)];
  if (exchange.answer.status !== 200) return { held: false, exhibits };
  const { access_token: accessToken } = JSON.parse(exchange.answer.body) as { access_token: string };
  return { held: true, exhibits, found: { accessToken } };
};
