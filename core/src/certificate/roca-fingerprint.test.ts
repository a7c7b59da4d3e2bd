import { describe, expect, it } from 'vitest';
import { rsaKeys } from '../../../tests/material/issue.js';
import { rocaKeys } from '../../../tests/material/roca-keys.js';
import { parseDer } from '../asn1/der-reader.js';
import { keyWeakness } from './key-weakness.js';
import { parsePublicKey } from './parse-public-key.js';
import { hasRocaFingerprint } from './roca-fingerprint.js';

describe('hasRocaFingerprint', () => {
  it('finds keys that were made so', () => {
    for (let index = 0; index < 3; index += 1) expect(hasRocaFingerprint(rocaKeys().spki)).toBe(true);
  });

  it('passes other keys', () => {
    for (let index = 0; index < 5; index += 1) expect(hasRocaFingerprint(rsaKeys().spki)).toBe(false);
  });

  it('makes the key one that may not be relied upon (C52)', () => {
    expect(keyWeakness(parsePublicKey(parseDer(rocaKeys().spki, 'key')))).toContain('CVE-2017-15361');
  });
});
