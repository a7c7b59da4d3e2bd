import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFileMetadata } from './parse-file-metadata.js';

/** The answer of 2026-08-16. */
const answer = {
  latest_version_relative_zip_path: '20260816/download-PSDMD-202608160000.zip',
  latest_version_relative_zip_size: '19817208',
  sha256_hash: 'b5bc6f70267b68b29908c2392670c117339fd384464cdb5cda397692b77b8f6a',
  timestamp: 'Sun Aug 16 00:00:16 UTC 2026',
  golden_copy_path_context: 'https://euclid.eba.europa.eu/register/downloads/PSDMD/',
};
const from = 'https://euclid.eba.europa.eu/register/api/filemetadata';

function parse(change: object) {
  return parseFileMetadata(Buffer.from(JSON.stringify({ ...answer, ...change })), from);
}

describe('the metadata of the register', () => {
  test('say where the file is and what it must be', () => {
    expect(parse({})).toEqual({
      address: 'https://euclid.eba.europa.eu/register/downloads/PSDMD/20260816/download-PSDMD-202608160000.zip',
      bytes: 19_817_208,
      sha256: answer.sha256_hash,
      publishedAt: new Date('2026-08-16T00:00:16Z'),
    });
  });
  test('may be relative to where they came from, and dated after ISO 8601', () => {
    expect(parse({ golden_copy_path_context: '/files/', timestamp: '2026-08-16T00:00:16Z' })).toMatchObject({
      address: 'https://euclid.eba.europa.eu/files/20260816/download-PSDMD-202608160000.zip',
      publishedAt: new Date('2026-08-16T00:00:16Z'),
    });
  });
  test.each([
    { sha256_hash: 'abc' },
    { sha256_hash: undefined },
    { latest_version_relative_zip_size: '-1' },
    { timestamp: 'yesterday' },
    { timestamp: 'Sun Foo 16 00:00:16 UTC 2026' },
    { golden_copy_path_context: '' },
    { golden_copy_path_context: 'https://[' },
  ])('are refused with %j', (change) => {
    expect(() => parse(change)).toThrow(expect.objectContaining({ code: 'TRUST_DATA_UNAVAILABLE' }));
  });
  test('are read or refused, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        expect(() => parseFileMetadata(octets, from)).toThrow(expect.objectContaining({ name: 'Refusal' }));
      }),
    );
  });
});
