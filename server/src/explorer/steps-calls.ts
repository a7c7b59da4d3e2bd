import { randomUUID } from 'node:crypto';
import { signRequest } from '@postern/core/signature/sign-request.js';
import { exhibitExchange } from './exhibit-exchange.js';
import { type JourneyState, type JourneyWorld, need, type RunStep } from './journey-world.js';

/** A signed call that is answered with data. */
export const callApi: RunStep = async (world, state) => {
  const { url, headers, signingString } = signCall(world, state);
  const exchange = await world.send({ method: 'GET', url, headers }, need(state, 'identity'));
  const exhibits = [{ kind: 'signing-string', text: signingString } as const, exhibitExchange(exchange)];
  return { held: exchange.answer.status === 200, exhibits };
};

/** The same, with one signed header changed on the way: refused. */
export const alterCall: RunStep = async (world, state) => {
  const { url, headers } = signCall(world, state);
  const altered = { ...headers, 'x-request-id': randomUUID() };
  const exchange = await world.send({ method: 'GET', url, headers: altered }, need(state, 'identity'));
  return { held: isRefused(exchange.answer.body, 'SIGNATURE_INVALID'), exhibits: [exhibitExchange(exchange)] };
};

/** A good call over a connection without a certificate, as by somebody who has stolen the token: refused. */
export const callAsNobody: RunStep = async (world, state) => {
  const { url, headers } = signCall(world, state);
  const exchange = await world.send({ method: 'GET', url, headers });
  return { held: isRefused(exchange.answer.body, 'CERTIFICATE_MISSING'), exhibits: [exhibitExchange(exchange)] };
};

/** Deletes the registration; nothing works with it any more. */
export const endRegistration: RunStep = async ({ facts, send }, state) => {
  const url = `${facts.issuer}/oauth2/registrations/${need(state, 'clientId')}`;
  const exchange = await send(
    { method: 'DELETE', url, headers: { accept: 'application/json' } },
    need(state, 'identity'),
  );
  return { held: exchange.answer.status === 204, exhibits: [exhibitExchange(exchange)] };
};

function signCall({ facts, clock }: JourneyWorld, state: JourneyState) {
  const url = `${facts.api}/accounts`;
  const given = {
    accept: 'application/json',
    'user-agent': 'journey',
    authorization: `Bearer ${need(state, 'accessToken')}`,
  };
  const key = { keyId: need(state, 'keyId'), privateKey: need(state, 'sealKeys').privateKey };
  const signed = signRequest({ method: 'GET', url, headers: given }, key, { now: clock(), requestId: randomUUID() });
  const { host: _host, ...headers } = signed.headers;
  return { url, headers, signingString: signed.signingString };
}

function isRefused(body: string, code: string): boolean {
  return body.includes(`"error_code":"${code}"`);
}
