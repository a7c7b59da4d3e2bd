import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { parseCertificate } from '@postern/core/certificate/parse-certificate.js';
import type { Organization, Qualification, QualifiedCertificate } from '@postern/core/qualification/qualification.js';
import { Refusal } from '@postern/core/refusal/refusal.js';
import type { AuditEvent } from '../../server/src/audit/audit-event.js';
import type { Decision } from '../../server/src/decision.js';
import { createGate } from '../../server/src/quota/gate.js';
import type { Realm } from '../../server/src/realm.js';
import type { RegistrationDependencies } from '../../server/src/registration/dependencies.js';
import type { Database } from '../../server/src/store/database.js';
import { createUuid } from '../../server/src/store/uuid.js';
import { createTestAuthority } from './test-authority.js';

const authority = createTestAuthority('Test CA');
export const { publicKey: registeredKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const issue = (commonName: string, organizationIdentifier: string) =>
  authority.issue({ commonName, organizationIdentifier, publicKey: registeredKey });

/** The certificates of two organisations; which is for what is decided by how a test uses them. */
export const parties = {
  qwac: issue('one', 'PSDFR-ACPR-1'),
  renewed: issue('one renewed', 'PSDFR-ACPR-1'),
  stranger: issue('two', 'PSDFR-ACPR-2'),
  unqualified: issue('bad', 'PSDFR-ACPR-1'),
  seal: issue('seal one', 'PSDFR-ACPR-1'),
  secondSeal: issue('seal one again', 'PSDFR-ACPR-1'),
  strangersSeal: issue('seal two', 'PSDFR-ACPR-2'),
};

export const x5c = (der: Buffer) => [der, authority.der].map((bytes) => bytes.toString('base64'));

export const realm: Realm = {
  brand: { id: 'demo-bank', name: { fr: 'Banque', en: 'Bank' } },
  environment: 'production',
  bank: 'simulated',
  prefix: '/demo-bank',
  issuer: 'https://api.bank.example/demo-bank',
  apiUrl: 'https://api.bank.example',
  webUrl: 'https://www.bank.example',
};

export const sandbox: Realm = {
  ...realm,
  environment: 'sandbox',
  bank: 'simulated',
  prefix: '/sandbox/demo-bank',
  issuer: 'https://api.bank.example/sandbox/demo-bank',
};

/** The head of a request that nobody has signed. */
export const unsigned = { method: 'POST', target: '/', rawHeaders: [] };

let number = 0;

export const metadata = (change: object = {}) => ({
  client_name: `App ${++number}`,
  redirect_uris: ['https://tpp.example/cb'],
  scope: 'aisp',
  jwks: { keys: [{ x5c: x5c(parties.seal) }] },
  ...change,
});

/** What registration works with, with a judgement that says of each certificate what these tests say of it. */
export function createRegistrationDependencies(
  database: Database,
  from: { readonly clock: () => Date; readonly events: AuditEvent[] },
): RegistrationDependencies {
  return {
    database,
    judge: { judge: async (presented, use) => decide(presented, use, from.clock()) },
    audit: {
      append: (event) => void from.events.push(event),
      appendDecision: () => undefined,
      writable: true,
      close: async () => undefined,
    },
    clock: from.clock,
    ownHosts: new Set(['api.bank.example']),
    presentation: { bankNames: ['Demo Bank'], channels: ['webhook'] },
    randomBytes,
    policy: {
      nativeRedirects: false,
      foreignHosts: 'warn',
      foreignKid: 'refuse',
      completePath: false,
      verifyX5u: false,
      requestSignature: 'none',
      requireToken: false,
      tokenRotation: 'never',
      clientsPerOrganization: 1_000,
      registrationsPerMinute: 1_000,
      updatesPerMinute: 1_000,
      wrongTokensPerMinute: 1_000,
    },
    gate: createGate({ atOnce: 5, ofOne: 5, waitingOfOne: 100, waiting: 100 }),
    signature: { dateWindowSeconds: 300 },
    accessTokenSeconds: 900,
    fetch: async () => ({ failure: 'nothing is fetched in this test' }),
    onClientChanged: () => undefined,
  };
}

/** The refusal that work ends in; anything else is thrown on. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const cause = await work.then(
    () => new Error('it was answered'),
    (thrown: unknown) => thrown,
  );
  if (cause instanceof Refusal) return cause;
  throw cause;
}

function judgement(der: Uint8Array, at: Date): Qualification {
  const certificate = parseCertificate(der);
  const identifier = certificate.subject.rdns.flat().find(({ type }) => type === '2.5.4.97')?.value ?? '';
  if (parties.unqualified.equals(der)) {
    const finding = {
      rule: 'x',
      layer: 'path',
      title: 'T',
      outcome: 'fail',
      found: 'f',
      expected: 'e',
      clause: 'c',
      remedy: 'r',
    } as const;
    return { outcome: 'not-qualified', at, code: 'CERTIFICATE_UNKNOWN_ISSUER', findings: [finding] };
  }
  const organization: Organization = {
    identifier,
    legalName: `Name of ${identifier}`,
    certificateRoles: ['PSP_AI'],
    registerRoles: ['PSP_AI'],
  };
  return {
    outcome: 'qualified',
    at,
    certificate: certificate as QualifiedCertificate,
    organization,
    findings: [],
    validUntil: at,
  };
}

function decide([leaf, ...others]: readonly Uint8Array[], use: 'website' | 'seal', at: Date): Decision {
  if (leaf === undefined) throw new Refusal('CERTIFICATE_MISSING', 'No certificate was presented.');
  return {
    id: createUuid(at),
    policy: { clockSkewSeconds: 0, staleListGraceSeconds: 0, statusMaxAgeSeconds: 60, hostCountry: 'FR' },
    qualification: judgement(leaf, at),
    evidence: {
      use,
      certificate: parseCertificate(leaf),
      presented: others.map(parseCertificate),
      path: { problem: 'no-path', detail: '' } as never,
      trust: { available: false, reason: 'none' },
      revocation: [],
      register: { available: false, reason: 'none' },
    },
  };
}
