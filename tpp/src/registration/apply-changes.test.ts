import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestAuthority } from '../../../tests/material/test-authority.js';
import { readPemCertificates, thumbprintOf } from '../keys/pem-certificates.js';
import { applyChanges } from './apply-changes.js';

const authority = createTestAuthority('Test CA');
const pemOf = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pemOf(authority.issue({ commonName: 'seal', organizationIdentifier: 'PSDFR-ACPR-1', publicKey }));
const kid = thumbprintOf(readPemCertificates(pem)[0] ?? Buffer.of());

const registration = {
  client_id: 'c1',
  client_name: 'Old',
  redirect_uris: ['https://tpp.example/a'],
  scope: 'aisp',
  grant_types: ['authorization_code', 'refresh_token'],
  contacts: ['dev@tpp.example'],
  jwks: { keys: [{ kid: 'k1', x5c: ['AA=='] }] },
  registration_client_uri: 'https://bank.example/c1',
};

describe('applyChanges', () => {
  it('leaves everything that is not named as the bank answered it', () => {
    expect(applyChanges(registration, {})).toEqual({ metadata: registration, changes: [] });
    expect(applyChanges(registration, { clientName: 'Old', scope: 'aisp' })).toEqual({
      metadata: registration,
      changes: [],
    });
  });

  it('changes members and says from what to what', () => {
    const redirectUris = ['https://tpp.example/a', 'https://tpp.example/b'];
    const { metadata, changes } = applyChanges(registration, { clientName: 'New', redirectUris });
    expect(metadata).toEqual({ ...registration, client_name: 'New', redirect_uris: redirectUris });
    expect(changes).toEqual([
      'client_name: Old → New',
      'redirect_uris: https://tpp.example/a → https://tpp.example/a https://tpp.example/b',
    ]);
  });

  it('lets grant types follow another scope', () => {
    const { metadata } = applyChanges(registration, { scope: 'aisp pisp' });
    expect(metadata).toMatchObject({ scope: 'aisp pisp', grant_types: null, response_types: null });
  });

  it('adds a key beside those there are, and removes one by its kid', () => {
    const added = applyChanges(registration, { addKey: pem });
    expect(added.changes).toEqual([`key added: ${kid}`]);
    expect(added.metadata['jwks']).toEqual({
      keys: [...registration.jwks.keys, { kty: 'RSA', x5c: [expect.any(String)] }],
    });
    const swapped = applyChanges(registration, { addKey: pem, removeKey: 'k1' });
    expect(swapped.changes).toEqual(['key removed: k1', `key added: ${kid}`]);
    expect((swapped.metadata['jwks'] as { keys: unknown[] }).keys).toHaveLength(1);
  });

  it('names what cannot be', () => {
    expect(() => applyChanges(registration, { removeKey: 'k2' })).toThrow(/no key k2; it has k1/);
    const known = { ...registration, jwks: { keys: [{ kid }] } };
    expect(() => applyChanges(known, { addKey: pem })).toThrow(/registered already/);
  });
});
