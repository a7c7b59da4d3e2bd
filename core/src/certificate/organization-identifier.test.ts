import { describe, expect, it } from 'vitest';
import { name } from '../../../tests/material/issue.js';
import { parseDer } from '../asn1/der-reader.js';
import * as der from '../asn1/der-writer.js';
import { oid } from './object-identifiers.js';
import { type OrganizationIdentifier, readOrganizationIdentifier } from './organization-identifier.js';
import { parseName } from './parse-name.js';

const readName = (bytes: Uint8Array): OrganizationIdentifier =>
  readOrganizationIdentifier({ subject: parseName(parseDer(bytes, 'subject')) });
const read = (text: string): OrganizationIdentifier =>
  readName(name([oid.commonName, 'x'], [oid.organizationIdentifier, text]));

describe('the organizationIdentifier', () => {
  it('of a payment service provider is split at the first two hyphens only', () => {
    expect(read('PSDFR-ACPR-12345')).toEqual({
      kind: 'psd',
      country: 'FR',
      authority: 'ACPR',
      number: '12345',
      text: 'PSDFR-ACPR-12345',
    });
    expect(read('PSDFI-FINFSA-1234-5/6 x')).toMatchObject({ kind: 'psd', authority: 'FINFSA', number: '1234-5/6 x' });
  });

  it.each([
    ['VATFR-12345678901', 'VAT'],
    ['NTRDE-HRB 1', 'NTR'],
    ['LEIXG-529900T8BM49AURSDO55', 'LEI'],
    ['NO:NO-123', 'NO:'],
  ])('%s is of scheme %s (C20)', (text, scheme) => {
    expect(read(text)).toEqual({ kind: 'other', scheme, text });
  });

  it.each([
    ['lower case', 'psdfr-acpr-12345'],
    ['lower-case authority', 'PSDFR-acpr-12345'],
    ['a blank at the end', 'PSDFR-ACPR-12345 '],
    ['a blank in front', ' PSDFR-ACPR-12345'],
    ['a no-break space', 'PSDFR-ACPR-123\u00a045'],
    ['a hyphen U+2010', 'PSDFR\u2010ACPR-12345'],
    ['full-width letters', 'ＰＳＤFR-ACPR-12345'],
    ['a control character', 'PSDFR-ACPR-1\n'],
    ['three letters of country', 'PSDFIN-FINFSA-1'],
    ['one letter of authority', 'PSDFR-A-1'],
    ['nine letters of authority', 'PSDFR-ABCDEFGHI-1'],
    ['a digit in the authority', 'PSDFR-ACPR1-1'],
    ['no number', 'PSDFR-ACPR-'],
    ['no hyphens', 'PSDFRACPR12345'],
    ['no scheme', '12345'],
    ['a scheme that does not exist', 'PADFR-ACPR-30748'],
    ['an LEI of a country', 'LEIDE-529900T8BM49AURSDO55'],
    ['nothing', ''],
  ])('with %s is malformed (C21)', (_, text) => {
    expect(read(text)).toMatchObject({ kind: 'malformed', text });
  });

  it('names the character that does not belong', () => {
    expect(read('PSDFR\u2010ACPR-1')).toMatchObject({ detail: expect.stringContaining('U+2010 at position 6') });
  });

  it('in another string type is malformed', () => {
    const bmp = der.tlv(0x1e, Buffer.from('PSDFR-ACPR-1', 'utf16le').swap16());
    expect(
      readName(der.sequence(der.set(der.sequence(der.objectIdentifier(oid.organizationIdentifier), bmp)))),
    ).toMatchObject({ kind: 'malformed' });
  });

  it('is there once (C22)', () => {
    expect(readName(name([oid.commonName, 'x']))).toEqual({ kind: 'missing' });
    const two = name([oid.organizationIdentifier, 'PSDFR-ACPR-1'], [oid.organizationIdentifier, 'PSDFR-ACPR-2']);
    expect(readName(two)).toEqual({ kind: 'repeated', texts: ['PSDFR-ACPR-1', 'PSDFR-ACPR-2'] });
  });
});
