import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { XmlCanonicalizer } from 'xmldsigjs';
import { canonicalizeXml } from './canonicalize-xml.js';
import { parseXml } from './parse-xml.js';

function canonical(text: string): string {
  return new TextDecoder().decode(canonicalizeXml(parseXml(new TextEncoder().encode(text))));
}

/** Another parser and another canonicaliser. */
function reference(text: string): string {
  const root = new DOMParser().parseFromString(text, 'text/xml').documentElement;
  return new XmlCanonicalizer(false, true).Canonicalize(
    root as unknown as Parameters<XmlCanonicalizer['Canonicalize']>[0],
  );
}

describe('canonicalizeXml', () => {
  test.each([
    ['an empty element', '<a/>', '<a></a>'],
    ['attributes in order', `<a c='1' b="2"/>`, '<a b="2" c="1"></a>'],
    [
      'attributes by namespace',
      '<a xmlns:p="z" xmlns:q="y" p:a="1" q:b="2" c="3"/>',
      '<a xmlns:p="z" xmlns:q="y" c="3" q:b="2" p:a="1"></a>',
    ],
    ['unused prefixes left out', '<a xmlns:p="u"><b/></a>', '<a><b></b></a>'],
    [
      'prefixes declared where used',
      '<a xmlns:p="u"><p:b><p:c/></p:b><p:d/></a>',
      '<a><p:b xmlns:p="u"><p:c></p:c></p:b><p:d xmlns:p="u"></p:d></a>',
    ],
    [
      'a prefix declared anew',
      '<p:a xmlns:p="u"><p:b xmlns:p="v"/></p:a>',
      '<p:a xmlns:p="u"><p:b xmlns:p="v"></p:b></p:a>',
    ],
    ['the default namespace', '<a xmlns="u"><b xmlns=""><c/></b></a>', '<a xmlns="u"><b xmlns=""><c></c></b></a>'],
    ['a superfluous declaration', '<a xmlns="u"><b xmlns="u"/></a>', '<a xmlns="u"><b></b></a>'],
    ['comments', '<a>x<!-- y -->z</a>', '<a>xz</a>'],
    ['CDATA', '<a><![CDATA[<&>]]></a>', '<a>&lt;&amp;&gt;</a>'],
    ['text', '<a>&#13;&lt;&gt;&amp;"\'é\r\n</a>', '<a>&#xD;&lt;&gt;&amp;"\'é\n</a>'],
    ['attribute values', '<a b="&#13;&#9;&#10;&lt;>&amp;&quot;\'"/>', '<a b="&#xD;&#x9;&#xA;&lt;>&amp;&quot;\'"></a>'],
    ['xml:lang', '<a xml:lang="en"/>', '<a xml:lang="en"></a>'],
  ])('%s', (_name, from, to) => {
    expect(canonical(from)).toBe(to);
  });

  test('of what is canonical is the same', () => {
    const text = '<a xmlns="u" b="2"><p:c xmlns:p="v" p:d="&quot;">&lt;é</p:c></a>';
    expect(canonical(text)).toBe(text);
  });

  test('agrees with another implementation', () => {
    const name = fc.constantFrom('a', 'b', 'p:a', 'q:c');
    const attribute = fc.tuple(
      fc.constantFrom('x', 'y', 'p:x', 'q:y', 'xml:lang', 'xmlns:p', 'xmlns'),
      fc.constantFrom('u', 'v', '1&lt;', '&quot;'),
    );
    const element = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, fc.constantFrom('text', '&amp;', '<!--c-->', ' \n'), tie('element')),
      element: fc
        .tuple(
          name,
          fc.uniqueArray(attribute, { selector: ([key]) => key, maxLength: 3 }),
          fc.array(tie('node'), { maxLength: 3 }),
        )
        .map(([tag, attributes, children]) => {
          const stated = attributes
            .map(([key, value]) => ` ${key}="${key.startsWith('xmlns') ? 'v' : value}"`)
            .join('');
          return `<${tag}${stated}>${children.join('')}</${tag}>`;
        }),
    })).element;
    fc.assert(
      fc.property(element, (content) => {
        const text = `<r xmlns:p="u" xmlns:q="w">${content}</r>`;
        expect(canonical(text)).toBe(reference(text));
      }),
      { numRuns: 500 },
    );
  });
});
