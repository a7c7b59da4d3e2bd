import { readElements, XmlSyntaxError } from './read-elements.js';
import { refuseList } from './refuse-list.js';
import { scanXml, type XmlLimits, xmlLimits } from './scan-xml.js';
import type { XmlElement } from './xml-element.js';

/**
 * Parses UTF-8 octets as an XML document and answers its root element. A byte order mark and blanks before the XML
 * declaration are dropped: they are outside of what is signed. Throws `Refusal` for everything else that is not
 * plain, bounded, well-formed XML.
 */
export function parseXml(octets: Uint8Array, limits: XmlLimits = xmlLimits): XmlElement {
  if (octets.length > limits.maxBytes) refuseList(`The list is longer than ${limits.maxBytes} bytes.`);
  const text = decode(octets)
    .trimStart()
    .replace(/^<\?xml\s[^<>]*\?>/, '');
  const problem = scanXml(text, limits);
  if (problem !== undefined) refuseList(`The list contains ${problem}.`);
  return parse(text);
}

function decode(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    refuseList('The list is not in UTF-8.');
  }
}

function parse(text: string): XmlElement {
  try {
    return readElements(text);
  } catch (fault) {
    if (!(fault instanceof XmlSyntaxError)) throw fault;
    refuseList(`The list is not well-formed XML: ${fault.message.slice(0, 200)}.`);
  }
}
