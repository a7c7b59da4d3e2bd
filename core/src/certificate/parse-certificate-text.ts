import { Refusal } from '../refusal/refusal.js';
import type { Certificate } from './certificate.js';
import { maximumCertificateOctets, parseCertificate } from './parse-certificate.js';

const maximumCertificates = 10;
/** Base64 with its line ends, labels, and some text around the blocks. */
const maximumOctets = maximumCertificates * maximumCertificateOctets * 2;
const begin = '-----BEGIN ';
const end = '-----END CERTIFICATE-----';

/**
 * Reads certificates in whichever form people have them: DER, PEM (RFC 7468, one block or several, in their order), or the base64 of one DER.
 * Between 1 and 10 certificates; throws Refusal CERTIFICATE_INVALID, also for PEM blocks that are anything but certificates.
 */
export function parseCertificateText(input: string | Uint8Array): Certificate[] {
  if (input.length > maximumOctets) {
    refuse(`The certificates are longer than ${maximumOctets} octets.`);
  }
  if (typeof input !== 'string' && input[0] === 0x30) {
    return [parseCertificate(input)];
  }
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
  const ders = text.includes(begin) ? pemBlocks(text) : [decodeBase64(text)];
  return ders.map(parseCertificate);
}

function pemBlocks(text: string): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let start = text.indexOf(begin); start >= 0; start = text.indexOf(begin, start)) {
    const label = text.slice(start + begin.length, start + begin.length + 16);
    if (label !== 'CERTIFICATE-----') {
      refuse('The PEM holds a block that is not a CERTIFICATE.');
    }
    const stop = text.indexOf(end, start);
    if (stop < 0) {
      refuse('A PEM block has no end.');
    }
    if (blocks.length === maximumCertificates) {
      refuse(`There are more than ${maximumCertificates} certificates.`);
    }
    blocks.push(decodeBase64(text.slice(start + begin.length + label.length, stop)));
    start = stop + end.length;
  }
  return blocks;
}

/** Base64 of RFC 4648 clause 4 with blanks and line ends; Buffer alone would skip over any character. */
function decodeBase64(text: string): Uint8Array {
  const compact = text.replaceAll(/[ \t\r\n]+/g, '');
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== compact) {
    refuse('The certificate is neither DER, nor PEM, nor base64.');
  }
  return bytes;
}

function refuse(message: string): never {
  throw new Refusal('CERTIFICATE_INVALID', message);
}
