// What node:crypto and zlib get to see of a stranger once the product has looked at it: keys, signatures and pictures.
import { generateKeyPairSync, verify } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { parseDer } from '../core/dist/asn1/der-reader.js';
import * as der from '../core/dist/asn1/der-writer.js';
import { parseAlgorithm } from '../core/dist/certificate/parse-algorithm.js';
import { parsePublicKey } from '../core/dist/certificate/parse-public-key.js';
import { requestKeyFault } from '../core/dist/certificate/request-key-fault.js';
import { verificationKeyOf } from '../core/dist/certificate/verification-key.js';
import { verifySignature } from '../core/dist/certificate/verify-signature.js';
import { crc32 } from '../core/dist/image/crc32.js';
import { encodePng } from '../core/dist/image/encode-png.js';
import { parsePng } from '../core/dist/image/parse-png.js';
import { mutateBytes } from './fuzz-mutations.mjs';
import { makeKeys } from './fuzz-native-material.mjs';

const keys = makeKeys();
const tbs = Buffer.alloc(900, 7);
const schemes = [
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.4',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.13',
  '1.3.101.112',
].map((id) => der.sequence(der.objectIdentifier(id)));
const pss = der.sequence(der.objectIdentifier('1.2.840.113549.1.1.10'), pssParameters());
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Numbers at the bounds of what is let through: the dearest keys. */
const bounds = [256, 257, 512, 1_024].flatMap((octets) => [3, 4].map((exponent) => rsaKey(octets, exponent)));
const side = 16;
const rows = Buffer.alloc(side * (side * 4 + 1));
const sound = encodePng({ width: side, height: side, pixels: Buffer.alloc(side * side * 4, 0x55) });
const frame = [sound.subarray(0, 8), sound.subarray(8, 33), sound.subarray(-12)];

export const keyTargets = {
  'public key and signature': [mutateKey, [...keys.map(({ spki }) => spki), ...bounds], readKey],
  'request signature': [mutateBytes, [Buffer.alloc(256, 3), Buffer.alloc(512, 3)], readSignature],
  'PNG rows': [mutatePicture, [0, 9].map((level) => deflateSync(rows, { level })), parsePng],
};

/** A key, and behind it what chooses the scheme and is the signature. */
function mutateKey(random, samples) {
  const spki = random.below(4) === 0 ? random.pick(samples) : mutateBytes(random, samples);
  return Buffer.concat([
    random.bytes(1),
    random.bytes(random.below(80) + random.below(2) * 500),
    Buffer.from(spki),
    uint32(spki.length),
  ]);
}

function readKey(input) {
  const length = input.readUInt32BE(input.length - 4);
  const spki = input.subarray(input.length - 4 - length, -4);
  const key = parsePublicKey(parseDer(spki, 'key'));
  requestKeyFault(key);
  verificationKeyOf(key);
  const chosen = [...schemes, pss][(input[0] ?? 0) % (schemes.length + 1)];
  const signatureAlgorithm = parseAlgorithm(parseDer(chosen, 'algorithm'));
  verifySignature({ tbs, signatureAlgorithm, signature: input.subarray(1, input.length - 4 - length) }, key);
}

function readSignature(input) {
  verify('sha256', tbs, rsa.publicKey, input);
}

function uint32(value) {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}

function rsaKey(octets, exponentOctets) {
  const modulus = Buffer.alloc(octets, 0xa7);
  const exponent = Buffer.alloc(exponentOctets, 0x7f);
  const numbers = der.sequence(der.integer(modulus), der.integer(exponent));
  const algorithm = der.sequence(der.objectIdentifier('1.2.840.113549.1.1.1'), der.nullValue());
  return der.sequence(algorithm, der.bitString(numbers));
}

function pssParameters() {
  const hash = der.sequence(der.objectIdentifier('2.16.840.1.101.3.4.2.1'), der.nullValue());
  const mask = der.sequence(der.objectIdentifier('1.2.840.113549.1.1.8'), hash);
  return der.sequence(der.explicit(0, hash), der.explicit(1, mask), der.explicit(2, der.integer(32)));
}

/** A sound picture around compressed rows that are not. */
function mutatePicture(random, samples) {
  const [signature, header, end] = frame;
  return Buffer.concat([signature, header, chunk('IDAT', mutateBytes(random, samples)), end]);
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type), content]);
  return Buffer.concat([uint32(content.length), body, uint32(crc32(body))]);
}
