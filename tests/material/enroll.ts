import { createPrivateKey } from 'node:crypto';
import type { SigningKey } from '@postern/core/signature/sign-request.js';
import type { TppRole } from '../../core/src/register/tpp-role.js';
import { requestCertificate } from '../../tpp/src/certificate/request-certificate.js';
import type { Connection } from '../../tpp/src/http/connection.js';
import { createWorld } from '../../tpp/src/journey/create-world.js';
import type { JourneyWorld } from '../../tpp/src/journey/journey-world.js';
import { connectAs, domainOf, foundParty, type Party } from '../../tpp/src/journey/party.js';
import { awaitQualified } from '../../tpp/src/journey/steps-certificates.js';
import { redirectUriOf } from '../../tpp/src/journey/steps-registration.js';
import { buildCertificateRequest } from '../../tpp/src/keys/build-certificate-request.js';
import { readPemCertificates } from '../../tpp/src/keys/pem-certificates.js';
import { readAuthorizationAnswer } from '../../tpp/src/oauth/authorization-answer.js';
import { startAuthorization } from '../../tpp/src/oauth/authorization-request.js';
import { codeGrant, requestToken, type TokenSet } from '../../tpp/src/oauth/request-token.js';
import { fetchServerMetadata } from '../../tpp/src/oauth/server-metadata.js';
import { answerPages } from '../../tpp/src/psu/answer-pages.js';
import { createBrowser } from '../../tpp/src/psu/browser.js';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { registerClient } from '../../tpp/src/registration/register-client.js';
import type { RunningDemo } from './start-demo.js';

/** The third party's side of a running demo; `close` ends its connections. */
export interface TppWorld extends JourneyWorld {
  close(): void;
}

/** A registered client with certificates and keys; the PSU has not been asked yet. */
export interface Enrolled {
  readonly party: Party;
  readonly qwac: { readonly path: string; readonly key: string };
  readonly sealPath: string;
  readonly seal: SigningKey;
  readonly clientId: string;
  readonly connection: Connection;
}

export interface EnrollPlan {
  readonly roles?: readonly TppRole[];
  readonly scope?: string;
  /** The address under which the seal is registered beside its kid. */
  readonly x5u?: string;
  /** In the certificates and in the register; an invented one when left out. */
  readonly organizationName?: string;
}

/** What a third party needs to know of a bank. */
export interface TppSurroundings {
  readonly addresses: Pick<RunningDemo['addresses'], 'api' | 'web' | 'trust'>;
  readonly ca: string;
}

/** The world of third parties around a demo, in the production of one brand. */
export function openTppWorld(demo: TppSurroundings, brand = 'demo-bank'): TppWorld {
  const connections = new Map<string, Connection>();
  const urls = { api: demo.addresses.api, web: demo.addresses.web, trust: demo.addresses.trust };
  const world = createWorld({ urls, ca: demo.ca, brand, environment: 'production' }, connections);
  return {
    ...world,
    close: () => {
      for (const connection of connections.values()) connection.close();
    },
  };
}

/** A new organisation with a QWAC and a QSealC of the demo's QTSP, known to the register; of this name, where one is given. */
export async function equip(
  world: TppWorld,
  roles: readonly TppRole[] = ['PSP_AI'],
  named: Partial<Pick<Party, 'organizationName'>> = {},
): Promise<Party> {
  const party = { ...(await foundParty()), ...named };
  const [qwac, seal] = [
    await order(world, party, { kind: 'qwac', roles }),
    await order(world, party, { kind: 'qsealc', roles }),
  ];
  const equipped = { ...party, qwac, seal };
  await awaitQualified(world, equipped);
  return equipped;
}

/** A new organisation with one registered client. */
export async function enroll(
  world: TppWorld,
  { roles = ['PSP_AI'], scope = 'aisp', x5u, ...named }: EnrollPlan = {},
): Promise<Enrolled> {
  const party = await equip(world, roles, named);
  const sealPath = party.seal?.path ?? '';
  const plan = { clientName: 'Attack', redirectUris: [redirectUriOf(party)], scope, sealPaths: [sealPath] };
  const x5c = readPemCertificates(sealPath).map((certificate) => certificate.toString('base64'));
  const jwks = { keys: [{ kty: 'RSA', x5c, ...(x5u === undefined ? {} : { x5u }) }] };
  const connection = connectAs(world, party);
  const { clientId, kids } = await registerClient(connection, world.bank, { ...buildClientMetadata(plan), jwks });
  return {
    party,
    qwac: { path: party.qwac?.path ?? '', key: party.qwacKey },
    sealPath,
    seal: { keyId: kids[0] ?? '', privateKey: createPrivateKey(party.sealKey) },
    clientId,
    connection,
  };
}

/** Sends a PSU to the bank, who agrees to everything, and exchanges the code; answers the code too. */
export async function obtainTokens(
  world: TppWorld,
  client: Enrolled,
  user = 'camille',
): Promise<TokenSet & { readonly code: string }> {
  const metadata = await fetchServerMetadata(client.connection, world.bank);
  const redirectUri = redirectUriOf(client.party);
  const { url, pending } = startAuthorization({ ...metadata, clientId: client.clientId, redirectUri, scope: 'aisp' });
  const { leftTo } = await answerPages({
    browser: createBrowser(world.connect(), redirectUri),
    authorizationUrl: url,
    psu: { user },
  });
  const code = readAuthorizationAnswer(leftTo, pending);
  const requester = { connection: client.connection, tokenEndpoint: metadata.tokenEndpoint, clientId: client.clientId };
  return { ...(await requestToken(requester, codeGrant(code, pending))), code };
}

function order(
  world: TppWorld,
  party: Party,
  wanted: { readonly kind: 'qwac' | 'qsealc'; readonly roles: readonly TppRole[] },
) {
  const { organizationIdentifier, organizationName } = party;
  const commonName = wanted.kind === 'qwac' ? domainOf(party) : `${organizationName} seal`;
  const csr = buildCertificateRequest(
    { organizationIdentifier, organizationName, commonName, country: 'FR' },
    wanted.kind === 'qwac' ? party.qwacKey : party.sealKey,
  );
  return requestCertificate(world.connect(), world.qtspUrl, {
    ...wanted,
    csr,
    organizationIdentifier,
    organizationName,
  });
}
