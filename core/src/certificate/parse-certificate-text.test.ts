import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rootCa } from '../../../tests/material/issue.js';
import { Refusal } from '../refusal/refusal.js';
import { parseCertificateText } from './parse-certificate-text.js';

const [one, two] = [rootCa('One').certificate, rootCa('Two').certificate];
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const pem = (bytes: Uint8Array, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${base64(bytes).replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
const names = (input: string | Uint8Array): (string | undefined)[] =>
  parseCertificateText(input).map(({ subject }) => subject.rdns[0]?.[0]?.value);

describe('certificates in text', () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ['DER', one, ['One']],
    ['PEM', pem(one), ['One']],
    ['PEM as octets', Buffer.from(pem(one)), ['One']],
    ['PEM with CRLF and a byte order mark', `\ufeff${pem(one).replaceAll('\n', '\r\n')}`, ['One']],
    [
      'several PEM blocks in their order, with text between',
      `subject: One\n${pem(one)}and its issuer\n${pem(two)}`,
      ['One', 'Two'],
    ],
    ['base64', base64(one), ['One']],
    ['base64 in lines', ` ${base64(one).replaceAll(/.{76}/g, '$&\r\n')}\n`, ['One']],
  ])('%s is read', (_, input, expected) => {
    expect(names(input)).toEqual(expected);
  });

  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['no octets', new Uint8Array(0)],
    ['prose', 'this is not a certificate'],
    ['a private key', pem(one, 'PRIVATE KEY')],
    ['a certificate with a private key after it', pem(one) + pem(two, 'EC PRIVATE KEY')],
    ['a block without end', pem(one).slice(0, -30)],
    ['an end of another block', pem(one).replace('END CERTIFICATE', 'END CRL')],
    ['base64 with strange characters', `${base64(one).slice(0, 40)}*${base64(one).slice(40)}`],
    ['base64url', base64(one).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '_')],
    ['eleven certificates', pem(one).repeat(11)],
    ['two million octets', 'A'.repeat(2_000_000)],
  ])('%s is refused', (_, input) => {
    expect(() => parseCertificateText(input)).toThrow(Refusal);
  });

  it('any text is read or refused', () => {
    const word = fc.constantFrom(
      '-----BEGIN ',
      'CERTIFICATE-----',
      '-----END CERTIFICATE-----',
      '\n',
      base64(one),
      base64(two).slice(0, 99),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 12 }), (words) => {
        try {
          parseCertificateText(words.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
