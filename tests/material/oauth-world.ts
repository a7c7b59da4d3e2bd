import { generateKeyPairSync } from 'node:crypto';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import type { Organization, QualifiedCertificate } from '@postern/core/qualification/qualification.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { TppRole } from '@postern/core/register/tpp-role.js';
import type { AuditEvent } from '../../server/src/audit/audit-event.js';
import { createSimulatedBank, hashDemoPasswords, type SimulatedBank } from '../../server/src/bank/simulated-bank.js';
import type { Decision } from '../../server/src/decision.js';
import { createSigningKeys, type SigningKeys } from '../../server/src/keys/signing-keys.js';
import { recordNames } from '../../server/src/presentation/record-names.js';
import type { Realm } from '../../server/src/realm.js';
import { upsertOrganization } from '../../server/src/store/client-organizations.js';
import { insertClient, type RegisteredClient } from '../../server/src/store/clients.js';
import type { Database } from '../../server/src/store/database.js';
import { migrate } from '../../server/src/store/migrate.js';
import { openEmbedded } from '../../server/src/store/open-embedded.js';
import { createUuid } from '../../server/src/store/uuid.js';
import { createTestAuthority } from './test-authority.js';

export const realm: Realm = {
  brand: { id: 'demo-bank', name: { fr: 'Banque Démo', en: 'Demo Bank' } },
  environment: 'production',
  bank: 'simulated',
  prefix: '/demo-bank',
  issuer: 'https://api.bank.example/demo-bank',
  apiUrl: 'https://api.bank.example',
  webUrl: 'https://www.bank.example',
};

/** A store with clients of two organisations, a bank, and a clock that the test moves. */
export interface OauthWorld {
  now: Date;
  readonly database: Database;
  readonly signingKeys: SigningKeys;
  readonly bank: SimulatedBank;
  readonly events: AuditEvent[];
  readonly tokens: {
    readonly accessTokenSeconds: number;
    readonly authorizationCodeSeconds: number;
    readonly refreshGraceSeconds: number;
    readonly grantDays: number;
    readonly signingKeys: [];
  };
  /** Roles that the organisations hold now, in certificate and register. */
  roles: readonly TppRole[];
  advance(seconds: number): void;
  addClient(client: {
    clientId: string;
    organization: string;
    scope?: string;
    change?: Partial<RegisteredClient['metadata']>;
  }): Promise<RegisteredClient>;
  decide(organization: string, thumbprint?: string): Decision;
  close(): Promise<void>;
}

const authority = createTestAuthority('Test CA');
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export async function openOauthWorld(
  open: () => Promise<Database> = () => openEmbedded(undefined),
): Promise<OauthWorld> {
  const database = await open();
  await migrate(database);
  const world: OauthWorld = {
    now: new Date('2026-11-22T10:00:00Z'),
    database,
    signingKeys: createSigningKeys([generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey]),
    bank: createSimulatedBank({ realm, database, clock: () => world.now, passwords: hashDemoPasswords() }),
    events: [],
    tokens: {
      accessTokenSeconds: 900,
      authorizationCodeSeconds: 60,
      refreshGraceSeconds: 60,
      grantDays: 180,
      signingKeys: [],
    },
    roles: ['PSP_AI', 'PSP_PI', 'PSP_IC'],
    advance: (seconds) => {
      world.now = new Date(world.now.getTime() + seconds * 1_000);
    },
    addClient: (client) => addClient(world, client),
    decide: (organization, commonName = organization) => decide(world, organization, commonName),
    close: () => database.close(),
  };
  return world;
}

async function addClient(world: OauthWorld, given: Parameters<OauthWorld['addClient']>[0]): Promise<RegisteredClient> {
  const seal = issue(given.organization, `seal of ${given.clientId}`);
  const client: RegisteredClient = {
    clientId: given.clientId,
    brand: realm.brand.id,
    environment: realm.environment,
    organizationIdentifier: given.organization,
    legalName: `Name of ${given.organization}`,
    metadata: {
      client_name: `App ${given.clientId}`,
      redirect_uris: ['https://tpp.example/cb'],
      scope: given.scope ?? 'aisp extended_transaction_history cbpii pisp',
      token_endpoint_auth_method: 'tls_client_auth',
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      provider_legal_id: given.organization,
      tls_client_auth_subject_dn: 'CN=x',
      ...given.change,
    },
    keys: [{ kid: parseCertificate(seal).thumbprint, x5u: undefined, x5c: [seal.toString('base64')] }],
    issuedAt: world.now,
  };
  await world.database.transaction(async (sql) => {
    await upsertOrganization(sql, organizationOf(world, given.organization), world.now);
    await insertClient(sql, client, 'thumbprint');
    const call = { bankNames: [], channels: [], at: world.now, correlationId: 'c' };
    await recordNames(sql, client, call);
  });
  return client;
}

function organizationOf(world: OauthWorld, identifier: string): Organization {
  return { identifier, legalName: `Name of ${identifier}`, certificateRoles: world.roles, registerRoles: world.roles };
}

const issued = new Map<string, Buffer>();

function issue(organizationIdentifier: string, commonName: string): Buffer {
  const known = issued.get(commonName) ?? authority.issue({ commonName, organizationIdentifier, publicKey });
  issued.set(commonName, known);
  return known;
}

/** Says that the organisation is qualified; how that is found out is tested elsewhere. No organisation: no certificate. */
function decide(world: OauthWorld, organization: string, commonName: string): Decision {
  if (organization === '') throw new Refusal('CERTIFICATE_MISSING', 'No certificate was presented.');
  const certificate = parseCertificate(issue(organization, commonName));
  return {
    id: createUuid(world.now),
    policy: { clockSkewSeconds: 0, staleListGraceSeconds: 0, statusMaxAgeSeconds: 60, hostCountry: 'FR' },
    qualification: {
      outcome: 'qualified',
      at: world.now,
      certificate: certificate as QualifiedCertificate,
      organization: organizationOf(world, organization),
      findings: [],
      validUntil: world.now,
    },
    evidence: {
      use: 'website',
      certificate,
      presented: [],
      path: { problem: 'no-issuer', detail: '' },
      trust: { available: false, reason: 'none' },
      revocation: [],
      register: { available: false, reason: 'none' },
    },
  };
}
