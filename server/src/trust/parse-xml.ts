import { DOMParser, type Element } from '@xmldom/xmldom';
import { refuseList } from './refuse-list.js';
import { scanXml, type XmlLimits, xmlLimits } from './scan-xml.js';

/**
 * Parses UTF-8 octets as an XML document and answers its root element. A byte order mark and blanks before the XML
 * declaration are dropped: they are outside of what is signed. Throws `Refusal` for everything else that is not
 * plain, bounded, well-formed XML.
 */
export function parseXml(octets: Uint8Array, limits: XmlLimits = xmlLimits): Element {
  if (octets.length > limits.maxBytes) refuseList(`The list is longer than ${limits.maxBytes} bytes.`);
  const text = decode(octets)
    .trimStart()
    .replace(/^<\?xml\s[^<>]*\?>/, '');
  const problem = scanXml(text, limits);
  if (problem !== undefined) refuseList(`The list contains ${problem}.`);
  const root = parse(text);
  if (root === null) refuseList('The list is empty.');
  return root;
}

function decode(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    refuseList('The list is not in UTF-8.');
  }
}

function parse(text: string): Element | null {
  try {
    return new DOMParser({ onError: stop }).parseFromString(text, 'text/xml').documentElement;
  } catch (fault) {
    refuseList(
      `The list is not well-formed XML: ${fault instanceof Error ? fault.message.split(' caused ')[0]?.slice(0, 200) : 'unreadable'}`,
    );
  }
}

function stop(_level: string, message: string): never {
  throw new SyntaxError(message);
}
