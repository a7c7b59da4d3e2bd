import { describe, expect, it } from 'vitest';
import { goodCertificate } from '../../../tests/material/qualification-evidence.js';
import { oid } from '../certificate/object-identifiers.js';
import { detectIntendedUse } from './intended-use.js';

describe('detectIntendedUse', () => {
  it.each([
    ['clientAuth', [oid.clientAuth], [oid.qcTypeWeb], 'website'],
    ['serverAuth on a seal', [oid.serverAuth], [oid.qcTypeEseal], 'website'],
    ['eseal without key usages for TLS', undefined, [oid.qcTypeEseal], 'seal'],
    ['eseal with another key usage', [oid.ocspSigning], [oid.qcTypeEseal], 'seal'],
    ['nothing at all', undefined, [], 'website'],
  ])('%s', (_, extendedKeyUsage, types, use) => {
    const certificate = {
      ...goodCertificate,
      extendedKeyUsage,
      qcStatements: { ...goodCertificate.qcStatements, types },
    };
    expect(detectIntendedUse(certificate)).toBe(use);
  });
});
