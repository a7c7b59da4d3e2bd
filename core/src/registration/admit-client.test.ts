import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestAuthority } from '../../../tests/material/test-authority.js';
import { parseCertificate } from '../certificate/parse-certificate.js';
import type { Finding } from '../qualification/finding.js';
import type { Organization, Qualification, QualifiedCertificate } from '../qualification/qualification.js';
import { Refusal } from '../refusal/refusal.js';
import { admitClient, type ClientApplication } from './admit-client.js';
import { parseClientMetadata } from './parse-client-metadata.js';

const now = new Date('2026-06-01T00:00:00Z');
const authority = createTestAuthority('Test CA');
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const der = authority.issue({ commonName: 'Seal', organizationIdentifier: 'PSDFR-ACPR-1', publicKey });
// What qualification says is an input here; only the type is borrowed.
const certificate = parseCertificate(der) as QualifiedCertificate;
const organization: Organization = {
  identifier: 'PSDFR-ACPR-1',
  legalName: 'TPP SA',
  certificateRoles: ['PSP_AI', 'PSP_PI'],
  registerRoles: ['PSP_AI', 'PSP_IC'],
};
const metadata = {
  client_name: 'App',
  redirect_uris: ['https://tpp.example/cb'],
  scope: 'aisp',
  jwks: { keys: [{ x5c: [der, authority.der].map((bytes) => bytes.toString('base64')) }] },
};

const qualified = (of: Organization): Qualification => ({
  outcome: 'qualified',
  at: now,
  certificate,
  organization: of,
  findings: [],
  validUntil: now,
});
const finding = (rule: string, outcome: 'fail' | 'indeterminate'): Finding => ({
  rule,
  layer: 'profile',
  title: 'T',
  outcome,
  found: `found by ${rule}.`,
  expected: 'e',
  clause: 'c',
  remedy: 'r',
});

function apply(change: object, more: { seal?: Qualification; environment?: 'production' | 'sandbox' } = {}) {
  const draft = parseClientMetadata({ ...metadata, ...change }, new Set());
  const application: ClientApplication = {
    draft,
    peer: { organization, certificate },
    seals: draft.keys.map((candidate) => ({ candidate, qualification: more.seal ?? qualified(organization) })),
    environment: more.environment ?? 'production',
  };
  return admitClient(application);
}

function refusal(...args: Parameters<typeof apply>): Refusal {
  try {
    apply(...args);
  } catch (cause) {
    if (cause instanceof Refusal) return cause;
    throw cause;
  }
  throw new Error('it was admitted');
}

describe('admitClient', () => {
  it('admits a client with all that is answered later', () => {
    const client = apply({ provider_legal_id: 'PSDFR-ACPR-1' });
    expect(client.metadata).toEqual({
      client_name: 'App',
      redirect_uris: ['https://tpp.example/cb'],
      scope: 'aisp',
      token_endpoint_auth_method: 'tls_client_auth',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      provider_legal_id: 'PSDFR-ACPR-1',
      tls_client_auth_subject_dn: '2.5.4.97=PSDFR-ACPR-1,CN=Seal',
    });
    expect(client.keys.map(({ kid }) => kid)).toEqual([certificate.thumbprint]);
  });

  it('R3: refuses a seal of another organisation', () => {
    const { code, problems } = refusal({}, { seal: qualified({ ...organization, identifier: 'PSDFR-ACPR-2' }) });
    expect(code).toBe('METADATA_INVALID');
    expect(problems).toEqual([
      'jwks.keys[0] must hold a sealing certificate of the organisation of the QWAC, PSDFR-ACPR-1; it is of "PSDFR-ACPR-2".',
    ]);
  });

  it('R4: refuses the legal id of another', () => {
    expect(refusal({ provider_legal_id: 'PSDFR-ACPR-2' }).problems[0]).toContain(
      'provider_legal_id must be the organizationIdentifier of the QWAC, PSDFR-ACPR-1',
    );
  });

  it('R5: keeps scopes within certificate and register in production, and says which of the two lacks the role', () => {
    expect(refusal({ scope: 'pisp', redirect_uris: [] }).problems).toEqual([
      "scope must not hold pisp: it takes the role PSP_PI, which the authorities' register does not list for this organisation.",
    ]);
    expect(refusal({ scope: 'aisp cbpii' }).problems).toEqual([
      'scope must not hold cbpii: it takes the role PSP_IC, which the certificate does not carry.',
    ]);
    expect(
      apply({ scope: 'aisp extended_transaction_history cbpii pisp' }, { environment: 'sandbox' }).metadata.scope,
    ).toContain('pisp');
  });

  it('R31: refuses a seal that is not qualified, with the rules that failed', () => {
    const seal: Qualification = {
      outcome: 'not-qualified',
      at: now,
      code: 'CERTIFICATE_WRONG_TYPE',
      findings: [finding('a', 'fail'), finding('b', 'indeterminate')],
    };
    const found = refusal({}, { seal });
    expect(found.code).toBe('METADATA_INVALID');
    expect(found.problems).toEqual([
      'jwks.keys[0] must hold a qualified sealing certificate (QSealC) (a: found by a).',
    ]);
    expect(found.findings.map(({ rule }) => rule)).toEqual(['a']);
  });

  it('answers "later" when nothing is wrong but a seal cannot be judged now', () => {
    const seal: Qualification = {
      outcome: 'indeterminate',
      at: now,
      code: 'CERTIFICATE_STATUS_UNKNOWN',
      findings: [finding('b', 'indeterminate')],
    };
    expect(refusal({}, { seal }).code).toBe('TRUST_DATA_UNAVAILABLE');
    expect(refusal({ scope: 'x' }, { seal }).code).toBe('METADATA_INVALID');
  });

  it('R11: has a code of its own for redirect URIs, when they are all that is wrong', () => {
    expect(refusal({ redirect_uris: ['http://a.example/'] }).code).toBe('REDIRECT_URI_INVALID');
    expect(refusal({ redirect_uris: [] }).code).toBe('REDIRECT_URI_INVALID');
    expect(refusal({ redirect_uris: ['http://a.example/'], scope: 'x' }).code).toBe('METADATA_INVALID');
  });

  it('tells form and judgement at once, and a bounded number of problems', () => {
    expect(
      refusal({ redirect_uris: ['http://a.example/'], provider_legal_id: 'x', scope: 'cbpii' }).problems,
    ).toHaveLength(3);
    const many = refusal({ grant_types: Array.from({ length: 200 }, () => 7) }).problems;
    expect(many).toHaveLength(51);
    expect(many[50]).toContain('more problems');
  });
});
