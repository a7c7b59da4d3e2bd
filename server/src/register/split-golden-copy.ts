import { Refusal } from '@postern/core/refusal/refusal.js';
import { refuseRegister } from './refuse-register.js';

/** Takes the golden copy's bytes as they come and gives each entity away as soon as it is complete. */
export interface GoldenCopySplitter {
  push(chunk: Uint8Array): void;
  /** To be called after the last chunk; refuses a file that has not ended by then. */
  end(): void;
}

const maxEntityBytes = 1024 * 1024;
const maxDepth = 16;
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Splits the one shape that the golden copy has, `[[disclaimer…],[entity,…]]`, in memory bounded by the largest entity.
 * Only structure is looked at here: each entity is parsed as JSON by itself, so that nothing malformed gets by.
 * Refuses any other shape.
 */
export function createGoldenCopySplitter(take: (entity: unknown) => void): GoldenCopySplitter {
  let stack: number[] = [];
  let inText = false;
  let escaped = false;
  let list = 0;
  let expectItem = true;
  let ended = false;
  const held = createEntityBuffer();

  /** Outside of entities only brackets, commas and blanks may stand: answers whether an entity begins. */
  function outside(byte: number): boolean {
    if (blanks.has(byte)) return false;
    if (ended) refuseRegister('shape', 'something follows its end');
    if (byte === comma && !expectItem && stack.length > 0) {
      expectItem = true;
      return false;
    }
    if (byte === openBracket && expectItem && stack.length < 2) {
      stack.push(byte);
      list += stack.length === 2 ? 1 : 0;
      if (list > 2) refuseRegister('shape', 'it has more than two lists');
      expectItem = true;
      return false;
    }
    if (byte === closeBracket && stack.length > 0 && (!expectItem || stack.length === 2)) {
      stack.pop();
      expectItem = false;
      ended = stack.length === 0;
      return false;
    }
    if (byte === openBrace && expectItem && stack.length === 2) return true;
    if (byte === 0 || byte >= 0x80) refuseRegister('encoding', 'it is not UTF-8, or begins with a byte order mark');
    return refuseRegister('shape', 'it is not a list of a disclaimer and a list of entities');
  }

  /** Inside of an entity: answers whether it ends with this byte. */
  function inside(byte: number): boolean {
    if (byte === quote) inText = true;
    else if (byte === openBrace || byte === openBracket) stack.push(byte);
    else if (byte === closeBrace || byte === closeBracket) stack.pop();
    if (stack.length > maxDepth) refuseRegister('shape', `it is nested deeper than ${maxDepth}`);
    return stack.length === 2;
  }

  /** Goes on to the quote that ends a text, most bytes being inside of one; answers where it is, or the end of the chunk. */
  function skipText(chunk: Uint8Array, from: number): number {
    let at = from;
    for (; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (escaped) escaped = false;
      else if (byte === backslash) escaped = true;
      else if (byte === quote) break;
    }
    inText = at === chunk.length;
    return at;
  }

  return {
    push: (chunk) => {
      let start = stack.length > 2 ? 0 : -1;
      for (let at = 0; at < chunk.length; at += 1) {
        if (inText) {
          at = skipText(chunk, at);
          continue;
        }
        const byte = chunk[at] ?? 0;
        if (start < 0) {
          if (!outside(byte)) continue;
          start = at;
          stack.push(byte);
        } else if (inside(byte)) {
          held.add(chunk.subarray(start, at + 1));
          const entity = held.parse();
          if (list === 2) take(entity);
          start = -1;
          expectItem = false;
        }
      }
      if (start >= 0) held.add(chunk.subarray(start));
    },
    end: () => {
      if (!ended || list !== 2) refuseRegister('truncated', 'it ends too early');
      stack = [];
    },
  };
}

/** Holds the bytes of one entity until it is whole. */
function createEntityBuffer() {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  return {
    add: (part: Uint8Array) => {
      bytes += part.length;
      if (bytes > maxEntityBytes) refuseRegister('shape', `an entity is longer than ${maxEntityBytes} bytes`);
      parts.push(part.slice());
    },
    parse: (): unknown => {
      const whole = Buffer.concat(parts);
      parts = [];
      bytes = 0;
      return parseEntity(whole);
    },
  };
}

function parseEntity(octets: Uint8Array): unknown {
  try {
    return JSON.parse(decodeEntity(octets));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    refuseRegister('shape', 'an entity is not JSON');
  }
}

function decodeEntity(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    refuseRegister('encoding', 'an entity is not UTF-8');
  }
}
