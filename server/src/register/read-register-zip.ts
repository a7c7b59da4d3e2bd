import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Refusal } from '@postern/core/refusal/refusal.js';
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { refuseRegister } from './refuse-register.js';

const maxJsonBytes = 1024 * 1024 * 1024;
const maxDigestBytes = 1024;
const maxFiles = 8;
const chunkBytes = 16 * 1024;

/**
 * Unpacks the register's ZIP as a stream: gives the JSON file's bytes away as they come, and checks at the end that they have
 * the digest that the `.sha256` file beside it names. What `take` was given must not be used before this resolves.
 * Lets other work run between chunks. Rejects with `Refusal` on anything but one JSON file with its right digest.
 */
export async function readRegisterZip(zip: Uint8Array, take: (chunk: Uint8Array) => void): Promise<void> {
  const hash = createHash('sha256');
  const digestFile: Uint8Array[] = [];
  const seen = { files: 0, json: 0, jsonEnded: 0, jsonBytes: 0, digestBytes: 0, digests: 0 };
  const unzip = new Unzip((file) => {
    seen.files += 1;
    if (seen.files > maxFiles) refuseRegister('archive', 'the ZIP holds too many files');
    if (file.name.endsWith('.json')) startJson(file);
    else if (file.name.endsWith('.sha256')) startDigest(file);
  });
  unzip.register(UnzipInflate);

  function startJson(file: UnzipFile): void {
    seen.json += 1;
    if (seen.json > 1) refuseRegister('archive', 'the ZIP holds more than one JSON file');
    file.ondata = (fault, chunk, final) => {
      if (fault !== null) refuseDamage(fault);
      seen.jsonBytes += chunk.length;
      if (seen.jsonBytes > maxJsonBytes)
        refuseRegister('archive', `the JSON file is longer than ${maxJsonBytes} bytes`);
      hash.update(chunk);
      take(chunk);
      if (final) seen.jsonEnded += 1;
    };
    file.start();
  }

  function startDigest(file: UnzipFile): void {
    seen.digests += 1;
    file.ondata = (fault, chunk) => {
      if (fault !== null) refuseDamage(fault);
      seen.digestBytes += chunk.length;
      if (seen.digestBytes > maxDigestBytes) refuseRegister('archive', 'the digest file is too long');
      digestFile.push(chunk.slice());
    };
    file.start();
  }

  await pushAll(unzip, zip);
  if (seen.json !== 1 || seen.jsonEnded !== 1 || seen.digests !== 1)
    refuseRegister('archive', 'the ZIP holds not one whole JSON file with its digest');
  const named = /^\s*([0-9a-fA-F]{64})(?![0-9a-fA-F])/.exec(Buffer.concat(digestFile).toString('latin1'))?.[1];
  if (named?.toLowerCase() !== hash.digest('hex'))
    refuseRegister('digest', 'the JSON file has not the digest that stands beside it');
}

async function pushAll(unzip: Unzip, zip: Uint8Array): Promise<void> {
  for (let at = 0; at < zip.length; at += chunkBytes) {
    pushChunk(unzip, zip.subarray(at, at + chunkBytes), at + chunkBytes >= zip.length);
    await setImmediate();
  }
}

function pushChunk(unzip: Unzip, chunk: Uint8Array, final: boolean): void {
  try {
    unzip.push(chunk, final);
  } catch (fault) {
    refuseDamage(fault);
  }
}

/** What fflate throws on damaged input are plain errors; refusals of our own came through it and pass on. */
function refuseDamage(fault: unknown): never {
  if (fault instanceof Refusal) throw fault;
  refuseRegister('archive', 'the ZIP is damaged');
}
