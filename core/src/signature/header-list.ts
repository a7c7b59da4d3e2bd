import { Refusal } from '../refusal/refusal.js';
import { blanks, trimCharacters } from '../text/trim-characters.js';

/**
 * The headers of one request: lower-case name → values in the order they came, nothing joined and nothing dropped.
 * Characters are the bytes of the wire (ISO 8859-1), as Node gives them.
 */
export type HeaderList = ReadonlyMap<string, readonly string[]>;

const limits = { fields: 200, characters: 65_536 };
const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,256}$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Reads Node's `rawHeaders` (name, value, name, value, …), RFC 9110 section 5; at most 200 fields and 64 KiB.
 * Refuses with REQUEST_MALFORMED or REQUEST_TOO_LARGE.
 */
export function parseHeaderList(rawHeaders: readonly string[]): HeaderList {
  if (rawHeaders.length % 2 !== 0) throw new Refusal('REQUEST_MALFORMED', 'A header has no value.');
  if (rawHeaders.length > limits.fields * 2) {
    throw new Refusal('REQUEST_TOO_LARGE', `The request has more than ${limits.fields} headers.`);
  }
  const list = new Map<string, string[]>();
  let characters = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    characters += name.length + value.length;
    if (characters > limits.characters) {
      throw new Refusal('REQUEST_TOO_LARGE', `The headers are longer than ${limits.characters} bytes.`);
    }
    appendField(list, name, value);
  }
  return list;
}

/** The one value of a header that may come once only; undefined when absent, REQUEST_MALFORMED when repeated (attack row S13). */
export function readSingleHeader(headers: HeaderList, name: string): string | undefined {
  const values = headers.get(name) ?? [];
  if (values.length > 1)
    throw new Refusal('REQUEST_MALFORMED', `The header ${name} is sent ${values.length} times; send it once.`);
  return values[0];
}

const mostNames = 500;
const lowerCaseNames = new Map<string, string>();

/** Names come again with every request: what was found in order once is not looked at twice. */
function parseFieldName(name: string): string {
  const known = lowerCaseNames.get(name);
  if (known !== undefined) return known;
  if (!fieldName.test(name))
    throw new Refusal('REQUEST_MALFORMED', 'A header name holds a character that RFC 9110 does not allow.');
  const lowerCase = name.toLowerCase();
  if (lowerCaseNames.size < mostNames) lowerCaseNames.set(name, lowerCase);
  return lowerCase;
}

function appendField(list: Map<string, string[]>, name: string, value: string): void {
  const lowerCase = parseFieldName(name);
  if (!fieldValue.test(value))
    throw new Refusal('REQUEST_MALFORMED', `The header ${lowerCase} holds a control character.`);
  const trimmed = trimCharacters(value, blanks);
  const values = list.get(lowerCase);
  if (values === undefined) list.set(lowerCase, [trimmed]);
  else values.push(trimmed);
}
