import { describe, expect, it } from 'vitest';
import { scanXml, xmlLimits } from './scan-xml.js';

const scan = (text: string) => scanXml(text, xmlLimits);

describe('scanXml', () => {
  it.each([
    ['<a b=">" c=\'"\'><!-- <?x?> --><![CDATA[<!x>]]></a>', undefined],
    ['<!DOCTYPE a><a/>', 'a document type or entity declaration'],
    ['<!--<a/>', 'a document type or entity declaration'],
    ['<a><![CDATA[</a>', 'a document type or entity declaration'],
    ['<a><?b?></a>', 'a processing instruction'],
    ['<a <b/>', 'a tag that does not end'],
    ['<a b="<"/>', 'a tag that does not end'],
    ['<a b=">', 'a tag that does not end'],
    ['<a>'.repeat(65), 'elements nested deeper than 64'],
    ['<a>'.repeat(64), undefined],
    [`<a ${'b="" '.repeat(3_276)}/>`, 'a tag longer than 16384 characters'],
  ])('%.40s', (text, problem) => {
    expect(scan(text)).toBe(problem);
  });

  it('counts what is in scope of namespaces in one place, and for all elements together', () => {
    const declarations = Array.from({ length: 100 }, (_, index) => `xmlns:n${index}="u"`).join(' ');
    expect(scan(`<a ${declarations}><b/></a><a xmlns="u"/>`)).toBeUndefined();
    expect(scan(`<a ${declarations}><b xmlns="u"/></a>`)).toBe('too many namespace declarations');
    expect(scan(`<a ${declarations}>${'<b/>'.repeat(100_000)}</a>`)).toBe('too many namespace declarations');
  });

  it('refuses a tag as long as a list may be', () => {
    expect(scan(`<a ${'b="" '.repeat(xmlLimits.maxBytes / 5)}>`)).toBe('a tag longer than 16384 characters');
  });
});
