import { Refusal } from '@postern/core/refusal/refusal.js';

/** One part of multipart/form-data: a field, or a file that was chosen. */
export interface FormPart {
  readonly name: string;
  /** Whether it came from a field for files; what the file was called is not read. */
  readonly isFile: boolean;
  readonly octets: Uint8Array;
}

const mostParts = 30;
const mostHeadOctets = 1_024;
const mostNameLength = 60;
const boundaryForm = /^multipart\/form-data\s*;\s*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+.-]{1,70}))\s*$/i;

/**
 * Parses a body of multipart/form-data (RFC 7578) as browsers send it: no transfer encodings, no parts within parts, nothing before
 * the first boundary or after the last. Throws `Refusal` MEDIA_TYPE_UNSUPPORTED for another type and REQUEST_MALFORMED for all else.
 */
export function parseMultipart(contentType: string | undefined, body: Uint8Array): readonly FormPart[] {
  const [, quoted, plain] = boundaryForm.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined)
    throw new Refusal('MEDIA_TYPE_UNSUPPORTED', 'The body must be sent as Content-Type: multipart/form-data.');
  const octets = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  if (!octets.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2))) throw rejected('does not begin');
  const parts: FormPart[] = [];
  let at = delimiter.length - 2;
  while (!octets.subarray(at, at + 2).equals(Buffer.from('--'))) {
    if (parts.length === mostParts) throw rejected(`has more than ${mostParts} parts, or does not end`);
    const end = octets.indexOf(delimiter, at);
    if (end < 0 || octets.subarray(at, at + 2).toString('latin1') !== '\r\n') throw rejected('has a part without end');
    parts.push(parsePart(octets.subarray(at + 2, end)));
    at = end + delimiter.length;
  }
  if (!['', '\r\n'].includes(octets.subarray(at + 2).toString('latin1'))) throw rejected('goes on after its end');
  return parts;
}

function parsePart(part: Buffer): FormPart {
  const end = part.subarray(0, mostHeadOctets).indexOf('\r\n\r\n');
  if (end < 0) throw rejected('has a part without a head');
  const lines = part.subarray(0, end).toString('latin1').split('\r\n');
  const [disposition, ...others] = lines.filter((line) => /^content-disposition:/i.test(line));
  if (disposition === undefined || others.length > 0) throw rejected('has a part without a name');
  if (lines.some((line) => !/^content-(?:disposition|type):[ \t]/i.test(line)))
    throw rejected('has a part with headers that no browser sends');
  return { ...parseDisposition(disposition), octets: part.subarray(end + 4) };
}

/** Browsers write a quotation mark or a line end in a name as %22, %0D and %0A, so that none ever stands there. */
function parseDisposition(line: string): Omit<FormPart, 'octets'> {
  const [, name, file] =
    /^content-disposition:[ \t]*form-data;[ \t]*name="([^"\\]*)"(;[ \t]*filename="[^"]*")?$/i.exec(line) ?? [];
  if (name === undefined || name.length > mostNameLength || !/^[\w-]+$/.test(name))
    throw rejected('has a part whose name cannot be read');
  return { name, isFile: file !== undefined };
}

function rejected(problem: string): Refusal {
  return new Refusal('REQUEST_MALFORMED', `The form cannot be read: its body ${problem}.`);
}
