import { randomInt } from 'node:crypto';
import { type Bank, issuerOf } from '../../tpp/src/bank/bank.js';
import { type Connection, openConnection } from '../../tpp/src/http/connection.js';
import { type PendingAuthorization, startAuthorization } from '../../tpp/src/oauth/authorization-request.js';
import { buildClientMetadata } from '../../tpp/src/registration/build-client-metadata.js';
import { registerClient } from '../../tpp/src/registration/register-client.js';
import type { Credential, RunningDemo } from './start-demo.js';

export interface TppPlan {
  readonly brand: string;
  readonly environment: 'production' | 'sandbox';
  readonly clientName: string;
  readonly scope?: string;
  /** More members of the metadata. */
  readonly metadata?: object;
}

/** A third party that the bank knows: certificates, registration, and a way to send a PSU to the bank. */
export interface RegisteredTpp {
  readonly bank: Bank;
  readonly issuer: string;
  readonly organizationIdentifier: string;
  readonly legalName: string;
  readonly clientId: string;
  readonly kid: string;
  readonly redirectUri: string;
  readonly qwac: Credential;
  readonly seal: Credential;
  /** The connection under its QWAC; the test that opened it closes it. */
  readonly connection: Connection;
  authorizationUrl(lang: 'fr' | 'en'): {
    readonly url: string;
    readonly state: string;
    readonly pending: PendingAuthorization;
  };
}

const redirectUri = 'https://tpp.example.org/callback';

/** Has the demo issue a QWAC and a QSealC for a new organisation and registers a client with them. */
export async function registerTpp(demo: RunningDemo, plan: TppPlan): Promise<RegisteredTpp> {
  const number = String(randomInt(10_000_000, 100_000_000));
  const organizationIdentifier = `PSDFR-ACPR-${number}`;
  const order = { organizationIdentifier, roles: 'PSP_AI' };
  const qwac = await demo.issue({ ...order, kind: 'qwac' });
  const seal = await demo.issue({ ...order, kind: 'qsealc' });
  const bank: Bank = { apiUrl: demo.addresses.api, brand: plan.brand, environment: plan.environment, apiVersion: 'v1' };
  const connection = openConnection({ ca: demo.ca, certificate: qwac.path, key: qwac.key });
  const scope = plan.scope ?? 'aisp';
  const metadata = buildClientMetadata({
    clientName: plan.clientName,
    redirectUris: [redirectUri],
    scope,
    sealPaths: [seal.path],
  });
  const client = await registerClient(connection, bank, { ...metadata, ...plan.metadata });
  const prefix = plan.environment === 'sandbox' ? '/sandbox' : '';
  return {
    bank,
    issuer: issuerOf(bank),
    organizationIdentifier,
    legalName: `TPP ${number}`,
    clientId: client.clientId,
    kid: client.kids[0] ?? '',
    redirectUri,
    qwac,
    seal,
    connection,
    authorizationUrl: (lang) => {
      const authorizationEndpoint = `${demo.addresses.web}${prefix}/${plan.brand}/oauth2/${lang}/authorize`;
      const { url, pending } = startAuthorization({
        issuer: issuerOf(bank),
        authorizationEndpoint,
        clientId: client.clientId,
        redirectUri,
        scope,
      });
      return { url, state: pending.state, pending };
    },
  };
}
