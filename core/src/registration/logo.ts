import { z } from 'zod';
import { parseBase64 } from '../signature/parse-base64.js';
import { findAddressFaults } from './web-address.js';

const prefix = 'data:image/png;base64,';
const largestOctets = 24_576;
const largestSide = 1_024;
const signature = '89504e470d0a1a0a0000000d49484452';

/** An https address, or a PNG image as a data URI (RFC 2397) of bounded size. */
export const logoSchema = z.string({ error: 'must be text' }).check((context) => {
  const faults = context.value.startsWith('data:') ? findImageFaults(context.value) : findAddressFaults(context.value);
  for (const message of faults) context.issues.push({ code: 'custom', message, input: context.value });
});

function findImageFaults(text: string): readonly string[] {
  if (!text.startsWith(prefix)) return [`must be an https address or begin with ${prefix}`];
  const bytes = parseBase64(text.slice(prefix.length), largestOctets);
  if (bytes === undefined)
    return [`must be the base64 of a PNG image of at most ${largestOctets} octets, without white space`];
  const image = Buffer.from(bytes);
  if (image.length < 33 || image.toString('hex', 0, 16) !== signature) return ['must be a PNG image'];
  const sides = [image.readUInt32BE(16), image.readUInt32BE(20)];
  return sides.every((side) => side >= 1 && side <= largestSide)
    ? []
    : [`must be at most ${largestSide} by ${largestSide} pixels large`];
}
