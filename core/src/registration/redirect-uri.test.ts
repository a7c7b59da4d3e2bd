import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRedirectUriFaults } from './redirect-uri.js';

const ownHosts = new Set(['api.bank.example']);
const faults = (uri: string) => findRedirectUriFaults(uri, ownHosts).join('; ');

describe('findRedirectUriFaults', () => {
  it.each([
    'https://tpp.example/callback',
    'https://tpp.example',
    'https://app.tpp.example:8443/a/b?x=1&y=%20z',
    'https://xn--bcher-kva.example/cb',
    'https://tpp.example/~user/cb;v=1,2',
  ])('takes %s', (uri) => expect(faults(uri)).toBe(''));

  it.each([
    ['R11', 'http://tpp.example/cb', 'https://'],
    ['R13', 'https://bank@evil.example/cb', 'user information'],
    ['R13', 'https://bank.example:pw@evil.example/cb', 'user information'],
    ['R14', 'https://*.tpp.example/cb', 'wildcard'],
    ['R15', 'https://tpp.example/a/../cb', 'dot segments'],
    ['R15', 'https://tpp.example/a/.', 'dot segments'],
    ['R15', 'https://tpp.example/%2e%2E/cb', 'percent-encode'],
    ['R15', 'https://tpp.example/a%2fb', 'percent-encode'],
    ['R15', 'https://tpp.example/a\\b', 'RFC 3986'],
    ['R15', 'https://tpp.example/a\tb', 'printable ASCII'],
    ['R15', 'https://tpp.example/a\r\nb', 'printable ASCII'],
    ['R15', 'https://tpp.example/a\0b', 'printable ASCII'],
    ['R15', 'https://tpp.example/%00', 'control character'],
    ['R15', 'https://tpp.example/%zz', 'percent sign'],
    ['R16', 'https://127.0.0.1/cb', 'IP address'],
    ['R16', 'https://[::1]/cb', 'IP address'],
    ['R16', 'https://[::1]:8443/cb', 'IP address'],
    ['R16', 'https://2130706433/cb', 'IP address'],
    ['R16', 'https://0x7f.1/cb', 'IP address'],
    ['R16', 'https://017700000001/cb', 'IP address'],
    ['R16', 'https://10.0.0.999/cb', 'domain name system'],
    ['R16', 'https://localhost/cb', 'inside network'],
    ['R16', 'https://a.localhost/cb', 'inside network'],
    ['R16', 'https://app.internal/cb', 'inside network'],
    ['R16', 'https://intranet/cb', 'inside network'],
    ['R16', 'https://api.bank.example/cb', 'this bank'],
    ['R16', 'https://evil.api.bank.example/cb', 'this bank'],
    ['R17', 'javascript:alert(1)', 'https://'],
    ['R17', 'data:text/html,x', 'https://'],
    ['R17', 'file:///etc/passwd', 'https://'],
    ['R17', 'intent://x#Intent;end', 'https://'],
    ['R17', 'com.tpp.app:/cb', 'https://'],
    ['R17', 'https:/tpp.example/cb', 'https://'],
    ['R17', 'https:tpp.example', 'https://'],
    ['R17', '//tpp.example/cb', 'https://'],
    ['R19', 'https://TPP.example/cb', 'lower case'],
    ['R19', 'https://tpp.example./cb', 'dot'],
    ['R19', 'https://tpp.example:443/cb', '443'],
    ['R19', 'https://tpp.example:0/cb', 'port'],
    ['R19', 'https://tpp.example:99999/cb', 'port'],
    ['R19', 'https://tpp.example:/cb', 'port'],
    ['R19', 'https://b\u00fccher.example/cb', 'xn--bcher-kva.example'],
    ['R19', 'https://\u0430pple.example/cb', 'xn--pple-43d.example'],
    ['R19', 'https://-tpp.example/cb', 'domain name system'],
    ['a fragment', 'https://tpp.example/cb#x', 'fragment'],
    ['an empty fragment', 'https://tpp.example/cb#', 'fragment'],
    ['no host', 'https:///cb', 'domain name system'],
    ['nothing', '', 'printable ASCII'],
  ])('%s: refuses %j', (_row, uri, expected) => expect(faults(uri)).toContain(expected));

  it('refuses an endless address', () =>
    expect(faults(`https://tpp.example/${'a'.repeat(3_000)}`)).toContain('at most'));

  it('takes nothing that the URL standard reads as another host, scheme or path', () => {
    const parts = fc.array(
      fc.constantFrom(
        'https://',
        'http://',
        'tpp.example',
        '@',
        ':',
        '8443',
        '/',
        '\\',
        '..',
        '.',
        '%2e',
        '?',
        '#',
        '*',
        '[',
        ']',
        '127.0.0.1',
        'A',
        '\u3002',
        '\uff0e',
        '\u0000',
        'xn--',
        ';',
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc
            .tuple(
              fc.constant('https://'),
              parts.map((list) => list.join('')),
            )
            .map((pair) => pair.join('')),
          fc.string(),
          fc.webUrl(),
        ),
        (uri) => {
          if (findRedirectUriFaults(uri, ownHosts).length > 0) return;
          const url = new URL(uri);
          expect(url.protocol).toBe('https:');
          expect([uri, `${uri}/`, uri.replace('?', '/?')]).toContain(url.href);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('findRedirectUriFaults of a brand that allows native applications (RFC 8252 section 7.1)', () => {
  const nativeFaults = (uri: string) => findRedirectUriFaults(uri, ownHosts, { nativeRedirects: true }).join('; ');

  it.each([
    'com.example.app:/callback',
    'com.example.app:/a/b?x=1',
    'fr.tpp:/',
    'https://tpp.example/cb',
  ])('takes %s', (uri) => expect(nativeFaults(uri)).toBe(''));

  it.each([
    ['R17', 'javascript:alert(1)', 'https://'],
    ['R17', 'data:text/html,x', 'https://'],
    ['R17', 'file:///etc/passwd', 'https://'],
    ['R17', 'intent://scan/#Intent;scheme=zxing;end', 'https://'],
    ['R17', 'myapp:/cb', 'https://'],
    ['R17', 'java.script:alert(1)', 'one slash'],
    ['R17', 'com.example.app://callback', 'one slash'],
    ['R17', 'com.example.app:callback', 'one slash'],
    ['R17', 'com.Example.app:/cb', 'lower case'],
    ['R17', 'z39.50r:/cb', 'reverse order'],
    ['R17', 'com..app:/cb', 'reverse order'],
    ['R17', '.com.app:/cb', 'reverse order'],
    ['R12', 'com.example.app:/cb#x', 'fragment'],
    ['R15', 'com.example.app:/a/../b', 'dot segments'],
    ['R15', 'com.example.app:/%2e%2e', 'percent-encode'],
    ['R15', 'com.example.app:/a\r\nb', 'RFC 3986'],
    ['R11', 'http://127.0.0.1:8080/cb', 'https://'],
    ['R16', 'https://localhost/cb', 'inside network'],
  ])('%s: refuses %j', (_row, uri, expected) => expect(nativeFaults(uri)).toContain(expected));
});
