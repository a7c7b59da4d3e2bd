import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { renderCertificationRequest } from '@postern/core/issuance/render-certification-request.js';
import { exhibitExchange, renderJson } from './exhibit-exchange.js';
import { type KeyPair, need, type RunStep } from './journey-world.js';

const generate = promisify(generateKeyPair);
const attempts = 20;

/** Two keys that exist in this process alone, and a certification request over each. */
export const makeKeys: RunStep = async ({ name }) => {
  const [websiteKeys, sealKeys] = await Promise.all([newKeys(), newKeys()]);
  const requests = {
    website: renderCertificationRequest({ commonName: name }, websiteKeys),
    seal: renderCertificationRequest({ commonName: name }, sealKeys),
  };
  return {
    held: true,
    exhibits: Object.values(requests).map((text) => ({ kind: 'certification-request', text })),
    found: { websiteKeys, sealKeys, requests },
  };
};

function newKeys(): Promise<KeyPair> {
  return generate('rsa', { modulusLength: 2048 });
}

/** Test certificates, by the code behind the address that gives them; it counts the visitor, not this server. */
export const takeCertificates: RunStep = async ({ realm, name, apply }, state) => {
  const { website, seal } = need(state, 'requests');
  const body = {
    organization_name: name,
    contact: 'journey@portal.example',
    roles: ['PSP_AI'],
    website_csr: website,
    seal_csr: seal,
  };
  const answer = await apply(Buffer.from(JSON.stringify(body)));
  const { certificates = [] } = answer as { certificates?: readonly { kind: string; path: string }[] };
  const pathOf = (kind: string) => certificates.find((each) => each.kind === kind)?.path;
  const [path, sealPath] = [pathOf('qwac'), pathOf('qsealc')];
  const request = `POST ${realm.prefix}/certificates HTTP/1.1\ncontent-type: application/json\n\n${renderJson(body)}`;
  const exhibits = [{ kind: 'called', request, answer: renderJson({ ...answer, secret: '…' }) }] as const;
  if (path === undefined || sealPath === undefined) return { held: false, exhibits };
  const key = need(state, 'websiteKeys').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { held: true, exhibits, found: { identity: { path, key }, sealPath } };
};

/** What the bank thinks of the QWAC. Other nodes hear of a new organisation within a second. */
export const checkCertificate: RunStep = async ({ facts, send, pause }, state) => {
  for (let attempt = 1; ; attempt += 1) {
    const url = `${facts.issuer}/certificate-check`;
    const exchange = await send(
      { method: 'GET', url, headers: { accept: 'application/json' } },
      need(state, 'identity'),
    );
    const held = exchange.answer.body.includes('"outcome":"qualified"');
    if (held || attempt === attempts) return { held, exhibits: [exhibitExchange(exchange)] };
    await pause();
  }
};

/** One registration with the QSealC as its key. */
export const registerClient: RunStep = async ({ facts, name, send }, state) => {
  const metadata = {
    client_name: name,
    redirect_uris: [facts.redirectUri],
    scope: 'aisp',
    jwks: { keys: [{ x5c: readPath(need(state, 'sealPath')) }] },
  };
  const exchange = await send(
    {
      method: 'POST',
      url: `${facts.issuer}/oauth2/registrations`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(metadata),
    },
    need(state, 'identity'),
  );
  const exhibits = [exhibitExchange(exchange)];
  if (exchange.answer.status !== 201) return { held: false, exhibits };
  const { client_id: clientId, jwks } = JSON.parse(exchange.answer.body) as {
    client_id: string;
    jwks: { keys: readonly { kid: string }[] };
  };
  return { held: true, exhibits, found: { clientId, keyId: jwks.keys[0]?.kid ?? '' } };
};

/** The certificates of a PEM text as x5c has them: base64 of each. */
function readPath(pem: string): readonly string[] {
  const found = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g);
  return [...found].map(([, base64 = '']) => base64.replaceAll(/\s/g, ''));
}
