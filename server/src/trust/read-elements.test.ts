import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readElements, XmlSyntaxError } from './read-elements.js';

describe('readElements', () => {
  test('resolves names, attributes and references', () => {
    expect(readElements(`<p:a xmlns:p="u" xmlns="v" q='1' p:r="&#x41;&lt;\t"><b/>t&amp;<![CDATA[<]]></p:a>`)).toEqual({
      name: 'p:a',
      prefix: 'p',
      localName: 'a',
      namespace: 'u',
      attributes: [
        { name: 'q', prefix: '', localName: 'q', namespace: '', value: '1' },
        { name: 'p:r', prefix: 'p', localName: 'r', namespace: 'u', value: 'A< ' },
      ],
      children: [{ name: 'b', prefix: '', localName: 'b', namespace: 'v', attributes: [], children: [] }, 't&', '<'],
    });
  });
  test('drops comments and knows only one end of a line', () => {
    expect(readElements('<!-- x --><a>1<!-- < -->2\r\n3\r4</a> <!-- y -->\n').children).toEqual(['1', '2\n3\n4']);
  });
  test.each([
    ['', 'no element'],
    [' ', 'no element'],
    ['x<a/>', 'outside'],
    ['<a/>x', 'outside'],
    ['<a/><b/>', 'after the root'],
    ['<a>', 'not closed'],
    ['<a></b>', 'where a is open'],
    ['</a>', 'nothing'],
    ['<a></a', 'is open'],
    ['<a', 'cannot be read'],
    ['<a b=c/>', 'cannot be read'],
    ['<a b="<"/>', 'cannot be read'],
    ['<a b="1"c="2"/>', 'cannot be read'],
    ['<a b="1" b="2"/>', 'twice'],
    ['<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>', 'twice'],
    ['<p:a/>', 'not declared'],
    ['<a p:b="1"/>', 'not declared'],
    ['<a xmlns:p=""/>', 'not allowed'],
    ['<a xmlns:xml="u"/>', 'not allowed'],
    ['<a xmlns="http://www.w3.org/2000/xmlns/"/>', 'not allowed'],
    ['<a:b:c xmlns:a="u"/>', 'cannot be read'],
    ['<1/>', 'cannot be read'],
    ['<a>&b;</a>', 'not known'],
    ['<a>& </a>', 'not known'],
    ['<a>&#0;</a>', 'not known'],
    ['<a>&#xD800;</a>', 'not known'],
    ['<a>&#x110000;</a>', 'not known'],
    ['<a>&#xFFFFFFFFFF;</a>', 'not known'],
    ['<a>]]></a>', ']]>'],
    ['<a><!-- -- --></a>', 'comment'],
    ['<a><!-- </a>', 'comment'],
    ['<a><![CDATA[</a>', 'CDATA'],
    ['<![CDATA[x]]><a/>', 'CDATA'],
    ['<a>\u0001</a>', 'does not allow'],
    ['<a>\ud800</a>', 'does not allow'],
    ['<?a?><b/>', 'cannot be read'],
    ['<!DOCTYPE a><a/>', 'cannot be read'],
  ])('refuses %j: %s', (text, reason) => {
    expect(() => readElements(text)).toThrow(XmlSyntaxError);
    expect(() => readElements(text)).toThrow(reason);
  });
  test('reads or refuses anything, and ends', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '</',
      '<a',
      'a',
      ' b="',
      '"',
      "'",
      '&',
      ';',
      '#',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      'xmlns',
      ':',
      '=',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces).map((all) => all.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          try {
            readElements(text);
          } catch (fault) {
            expect(fault).toBeInstanceOf(XmlSyntaxError);
          }
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
