import { createHash, X509Certificate } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Config } from '../../server/src/config.js';
import type { BrandRegistrationPolicy } from '../../server/src/config-schema.js';
import type { Party } from '../../tpp/src/journey/party.js';
import { readPemCertificates } from '../../tpp/src/keys/pem-certificates.js';
import { equip, openTppWorld, type TppWorld } from './enroll.js';
import { startLoopbackSource } from './loopback-source.js';
import { sendOverTls, type TlsAnswer } from './send-over-tls.js';
import { type RunningBank, startBank } from './start-bank.js';
import { openStrangerNetwork, type StrangerNetwork } from './stranger-network.js';

/** A bank with registration policies of a test's own, a web around it, and a third party that is qualified and has not registered. */
export interface PolicyBank {
  readonly web: StrangerNetwork;
  readonly bank: RunningBank;
  readonly world: TppWorld;
  readonly tpp: Party;
  /** The notices that the bank's receiver has taken, in their order. */
  readonly told: readonly ToldNotice[];
  /** One request about registrations, at `demo-bank` as the third party unless told otherwise. */
  send(call: RegistrationRequest): Promise<TlsAnswer>;
  stop(): Promise<void>;
}

export interface ToldNotice {
  readonly kind: string;
  readonly event: Readonly<Record<string, unknown>>;
}

export interface RegistrationRequest {
  readonly method?: string;
  readonly brand?: string;
  readonly path?: string;
  readonly as?: Party;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, all else as JSON. */
  readonly body?: unknown;
}

/** Starts it; the web's authority is trusted by this process until it is stopped. */
export async function startPolicyBank(
  policies: Readonly<Record<string, Partial<BrandRegistrationPolicy>>>,
): Promise<PolicyBank> {
  const inherited = getCACertificates('default');
  const web = await openStrangerNetwork();
  setDefaultCACertificates([...inherited, web.ca]);
  const told: ToldNotice[] = [];
  const receiver = await startLoopbackSource();
  receiver.answers.set('/notices', (_request, body) => {
    told.push(readEvent(Buffer.from(body).toString()));
    return 202;
  });
  const change = (config: Config): Config => ({
    ...config,
    notices: { webhook: { url: `${receiver.url}/notices` } },
    brands: config.brands.map((brand) => ({
      ...brand,
      registration: { ...brand.registration, ...policies[brand.id] },
    })),
  });
  const bank = await startBank({ change, strangers: web });
  const world = openTppWorld(bank);
  const tpp = await equip(world);
  return {
    ...{ web, bank, world, tpp, told },
    send: ({ as = tpp, ...call }) => send(bank, { as, ...call }),
    stop: async () => {
      world.close();
      await bank.stop();
      await receiver.stop();
      await web.stop();
      setDefaultCACertificates(inherited);
    },
  };
}

function send(
  bank: RunningBank,
  { method = 'POST', brand = 'demo-bank', path = '', as, headers, body }: RegistrationRequest & { readonly as: Party },
): Promise<TlsAnswer> {
  return sendOverTls({
    method,
    url: `${bank.addresses.api}/${brand}/oauth2/registrations${path}`,
    ca: bank.ca,
    identity: { path: as.qwac?.path ?? '', key: as.qwacKey },
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
}

let number = 0;

/** Metadata that may be registered, never the same twice, with the seal of a party; `key` adds to or changes the members of its key. */
export function metadataOf(party: Party, key: object = {}) {
  number += 1;
  return {
    client_name: `Application ${number}`,
    redirect_uris: ['https://tpp.example/callback'],
    scope: 'aisp',
    jwks: { keys: [{ x5c: x5cOf(party), ...key }] },
  };
}

/** The texts of the registrations that the third party has. */
export async function listTexts({ send }: PolicyBank, brand = 'demo-bank'): Promise<string> {
  return (await send({ brand, method: 'GET' })).text;
}

/** The notices about one client, in their order. */
export function toldOf({ told }: PolicyBank, clientId: string): readonly ToldNotice[] {
  return told.filter(({ event }) => event['client_id'] === clientId);
}

/** Waits until what other connections, nodes or loops are to bring about is there. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come about');
}

/** The path of a party's seal, as x5c. */
export function x5cOf(party: Party): readonly string[] {
  return readPemCertificates(party.seal?.path ?? '').map((der) => der.toString('base64'));
}

/** The name that a bank gives to a party's seal. */
export function kidOf(party: Party): string {
  return createHash('sha256').update(sealOf(party)).digest('base64url');
}

/** DER of a party's seal. */
export function sealOf(party: Party): Uint8Array {
  return new X509Certificate(party.seal?.path ?? '').raw;
}

function readEvent(token: string): ToldNotice {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const [[type, event] = ['', {}]] = Object.entries(
    (claims as { events: Record<string, Record<string, unknown>> }).events,
  );
  return { kind: type.slice('urn:postern:notice:'.length), event };
}
