import { describe, expect, it } from 'vitest';
import { name } from '../../../tests/material/issue.js';
import { parseDer } from '../asn1/der-reader.js';
import * as der from '../asn1/der-writer.js';
import type { Name } from './certificate.js';
import { namesEqual } from './compare-names.js';
import { parseName } from './parse-name.js';
import { renderName } from './render-name.js';

const read = (bytes: Uint8Array): Name => parseName(parseDer(bytes, 'name'));
const attribute = (type: string, value: Uint8Array): Uint8Array => der.sequence(der.objectIdentifier(type), value);
const commonName = (value: Uint8Array): Name => read(der.sequence(der.set(attribute('2.5.4.3', value))));

describe('a name as text', () => {
  const subject = read(name(['2.5.4.6', 'FR'], ['2.5.4.10', 'Exemple, "SA" + fils'], ['2.5.4.97', 'PSDFR-ACPR-12345']));

  it('is written last relative name first, with RFC 4514 escapes', () => {
    expect(renderName(subject)).toBe('2.5.4.97=PSDFR-ACPR-12345,O=Exemple\\, \\"SA\\" \\+ fils,C=FR');
    expect(renderName(subject, { organizationIdentifier: 'organizationIdentifier' })).toMatch(
      /^organizationIdentifier=PSDFR/,
    );
  });

  it('cannot counterfeit another (C59)', () => {
    expect(renderName(commonName(der.utf8String('a\n,CN=b\u202e')))).toBe('CN=a\\0a\\,CN=b\\e2\\80\\ae');
    expect(renderName(commonName(der.utf8String(' #a ')))).toBe('CN=\\ #a\\ ');
    expect(renderName(commonName(der.octetString(Uint8Array.of(1))))).toBe('CN=#040101');
  });

  it('joins the attributes of one relative name', () => {
    const two = der.sequence(
      der.set(attribute('2.5.4.3', der.utf8String('a')), attribute('2.5.4.11', der.utf8String('b'))),
    );
    expect(renderName(read(two))).toBe('CN=a+OU=b');
  });
});

describe('names are equal', () => {
  it.each<[string, Uint8Array, Uint8Array, boolean]>([
    ['in PrintableString and UTF8String', der.printableString('Issuing CA'), der.utf8String('Issuing CA'), true],
    ['in either case and with blanks', der.utf8String(' ISSUING   ca'), der.utf8String('Issuing CA '), true],
    ['composed or not', der.utf8String('Autorite\u0301'), der.utf8String('Autorité'), true],
    ['not with another letter', der.utf8String('Issuing CА'), der.utf8String('Issuing CA'), false],
    ['not with blanks inside a word', der.utf8String('Is suing CA'), der.utf8String('Issuing CA'), false],
    ['not across other types', der.tlv(0x14, Buffer.from('Issuing CA')), der.utf8String('Issuing CA'), false],
  ])('%s', (_, one, other, equal) => {
    expect(namesEqual(commonName(one), commonName(other))).toBe(equal);
  });

  it('not in another order, nor with one more', () => {
    const [a, b, c] = [
      name(['2.5.4.6', 'FR'], ['2.5.4.3', 'x']),
      name(['2.5.4.3', 'x'], ['2.5.4.6', 'FR']),
      name(['2.5.4.3', 'x']),
    ].map(read);
    expect(a && b && namesEqual(a, b)).toBe(false);
    expect(b && c && namesEqual(b, c)).toBe(false);
  });

  it('not when a value looks like structure', () => {
    expect(namesEqual(read(name(['2.5.4.3', 'x","2.5.4.6=fr'])), read(name(['2.5.4.3', 'x'], ['2.5.4.6', 'FR'])))).toBe(
      false,
    );
  });
});
