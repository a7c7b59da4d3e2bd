import { type DerElement, refuseDer } from './der-reader.js';
import { tag } from './der-tag.js';

export interface DerText {
  readonly value: string;
  readonly encoding: 'utf8' | 'printable' | 'ia5' | 'teletex' | 'bmp' | 'universal' | 'numeric';
}

/** A character string of any type that names use, checked against its alphabet; undefined for any other type. */
export function readText(element: DerElement): DerText | undefined {
  const decode = decoders.get(element.identifier);
  if (decode === undefined) {
    return undefined;
  }
  const text = decode(element);
  if (text.value.includes('\0')) {
    refuseDer(element.name, 'the text contains a NUL');
  }
  return text;
}

/** IA5String content, also under an implicit tag: ASCII without NUL. */
export function readIa5(element: DerElement): string {
  const value = latin1(element);
  if (!/^[\x01-\x7f]*$/.test(value)) {
    refuseDer(element.name, 'an IA5String holds ASCII only');
  }
  return value;
}

const decoders: ReadonlyMap<number, (element: DerElement) => DerText> = new Map<
  number,
  (element: DerElement) => DerText
>([
  [tag.utf8String, (element) => ({ value: decodeUtf8(element), encoding: 'utf8' })],
  [tag.printableString, (element) => ({ value: decodePrintable(element), encoding: 'printable' })],
  [tag.ia5String, (element) => ({ value: readIa5(element), encoding: 'ia5' })],
  [tag.teletexString, (element) => ({ value: latin1(element), encoding: 'teletex' })],
  [tag.bmpString, (element) => ({ value: decodeCodePoints(element, 2), encoding: 'bmp' })],
  [tag.universalString, (element) => ({ value: decodeCodePoints(element, 4), encoding: 'universal' })],
  [tag.numericString, (element) => ({ value: decodeNumeric(element), encoding: 'numeric' })],
]);

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(element: DerElement): string {
  try {
    return utf8Decoder.decode(element.content);
  } catch {
    return refuseDer(element.name, 'the UTF8String is not UTF-8');
  }
}

function decodePrintable(element: DerElement): string {
  const value = latin1(element);
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value)) {
    refuseDer(element.name, 'the PrintableString holds a character outside its alphabet');
  }
  return value;
}

function decodeNumeric(element: DerElement): string {
  const value = latin1(element);
  if (!/^[0-9 ]*$/.test(value)) {
    refuseDer(element.name, 'a NumericString holds digits and spaces only');
  }
  return value;
}

function decodeCodePoints(element: DerElement, width: 2 | 4): string {
  const octets = Buffer.from(element.content);
  if (octets.length % width !== 0) {
    refuseDer(element.name, `its length is not a multiple of ${width} octets`);
  }
  let value = '';
  for (let offset = 0; offset < octets.length; offset += width) {
    const codePoint = octets.readUIntBE(offset, width);
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
      refuseDer(element.name, 'it holds what is not a character');
    }
    value += String.fromCodePoint(codePoint);
  }
  return value;
}

function latin1(element: DerElement): string {
  return Buffer.from(element.content.buffer, element.content.byteOffset, element.content.length).toString('latin1');
}
