import { Refusal } from '../refusal/refusal.js';
import { blanks, skipCharacters } from '../text/trim-characters.js';
import { parseBase64 } from './parse-base64.js';

/** The parameters of a Signature header (draft-cavage-http-signatures-12, 2.1 and 4.1). */
export interface SignatureParameters {
  /** A kid or a registered x5u; a name to look up, never an address to fetch. */
  readonly keyId: string;
  readonly algorithm: string | undefined;
  /** The covered names in their order, lower-case, each once; among them perhaps (request-target), (created), (expires). */
  readonly headers: readonly string[];
  readonly signature: Uint8Array;
  /** Seconds since 1970. */
  readonly created: number | undefined;
  /** Seconds since 1970. */
  readonly expires: number | undefined;
}

const limits = { header: 8192, keyId: 2048, names: 64, signatureBytes: 2048 };
const parameterNames = ['keyId', 'algorithm', 'headers', 'signature', 'created', 'expires'] as const;
type ParameterName = (typeof parameterNames)[number];

// Clients in use send keyId and algorithm without quotes, and commas without a space after them; both are read.
const parameter = /([A-Za-z]{1,16})=(?:"([^"\\]*)"|([^\s",\\]+))/y;
const coveredName = String.raw`(?:\((?:request-target|created|expires)\)|[!#$%&'*+\-.^_\x60|~0-9a-z]{1,256})`;
const coveredNames = new RegExp(`^${coveredName}(?: ${coveredName})*$`);

/** Reads a Signature header of at most 8 KiB; refuses with SIGNATURE_MALFORMED, naming the parameter and its rule. */
export function parseSignatureHeader(value: string): SignatureParameters {
  if (value.length > limits.header) throw malformed(`is longer than ${limits.header} characters`);
  const found = readParameters(value);
  return {
    created: readTime(found, 'created'),
    expires: readTime(found, 'expires'),
    keyId: readKeyId(found),
    algorithm: readAlgorithm(found),
    headers: readCoveredNames(found),
    signature: readSignature(found),
  };
}

interface ParameterValue {
  readonly text: string;
  readonly quoted: boolean;
}

type Parameters = ReadonlyMap<ParameterName, ParameterValue>;

function readParameters(value: string): Parameters {
  const found = new Map<ParameterName, ParameterValue>();
  let position = 0;
  for (;;) {
    parameter.lastIndex = position;
    const match = parameter.exec(value);
    if (match === null) throw malformed(`cannot be read at character ${position + 1}: expected name="value"`);
    const name = parameterNames.find((known) => known === match[1]);
    if (name === undefined)
      throw malformed(`has an unknown parameter ${match[1]}; known are ${parameterNames.join(', ')}`);
    if (found.has(name)) throw malformed(`has the parameter ${name} twice`);
    found.set(name, { text: match[2] ?? match[3] ?? '', quoted: match[2] !== undefined });
    position = parameter.lastIndex;
    if (position === value.length) return found;
    const comma = skipCharacters(value, position, blanks);
    if (value[comma] !== ',') throw malformed(`cannot be read at character ${position + 1}: expected a comma`);
    position = skipCharacters(value, comma + 1, blanks);
  }
}

function readKeyId(found: Parameters): string {
  const { text } = required(found, 'keyId');
  if (text === '') throw malformed('has an empty keyId');
  if (text.length > limits.keyId) throw malformed(`has a keyId longer than ${limits.keyId} characters`);
  if (!/^[\x20-\x7e]+$/.test(text)) throw malformed('has a keyId with characters outside printable ASCII');
  return text;
}

function readAlgorithm(found: Parameters): string | undefined {
  const text = found.get('algorithm')?.text;
  if (text !== undefined && !/^[A-Za-z0-9-]{1,32}$/.test(text))
    throw malformed('has an algorithm that is not a name of letters, digits and hyphens');
  return text;
}

function readCoveredNames(found: Parameters): readonly string[] {
  const { text, quoted } = required(found, 'headers');
  if (!quoted) throw malformed('has headers without quotes');
  const before = knownNames.get(text);
  if (before !== undefined) return before;
  const names = splitCoveredNames(text);
  if (knownNames.size < known.lists && text.length <= known.characters) knownNames.set(text, names);
  return names;
}

/** A client signs the same names again and again: a list that was found in order once is not looked at twice. */
const knownNames = new Map<string, readonly string[]>();
const known = { lists: 500, characters: 512 };

function splitCoveredNames(text: string): readonly string[] {
  const names = text.split(' ');
  if (names.length > limits.names) throw malformed(`covers more than ${limits.names} headers`);
  if (!coveredNames.test(text)) throw malformed('has headers that are not lower-case names separated by single spaces');
  const twice = names.find((name, position) => names.indexOf(name) < position);
  if (twice !== undefined) throw malformed(`covers ${twice} twice`);
  return names;
}

function readSignature(found: Parameters): Uint8Array {
  const { text, quoted } = required(found, 'signature');
  if (!quoted) throw malformed('has a signature without quotes');
  const bytes = parseBase64(text, limits.signatureBytes);
  if (bytes === undefined)
    throw malformed('has a signature that is not base64 with padding and without white space (RFC 4648 section 4)');
  return bytes;
}

function readTime(found: Parameters, name: 'created' | 'expires'): number | undefined {
  const value = found.get(name);
  if (value === undefined) return undefined;
  if (value.quoted || !/^[0-9]{1,12}$/.test(value.text))
    throw malformed(`has ${name} that is not a whole number of seconds without quotes`);
  return Number(value.text);
}

function required(found: Parameters, name: ParameterName): ParameterValue {
  const value = found.get(name);
  if (value === undefined) throw malformed(`lacks the parameter ${name}`);
  return value;
}

function malformed(problem: string): Refusal {
  return new Refusal('SIGNATURE_MALFORMED', `The Signature header ${problem}.`);
}
