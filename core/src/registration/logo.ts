import { z } from 'zod';
import { parsePng } from '../image/parse-png.js';
import { Refusal } from '../refusal/refusal.js';
import { parseBase64 } from '../signature/parse-base64.js';
import type { ClientMetadata } from './client-metadata.js';
import { chooseLanguage } from './tagged-members.js';
import { findAddressFaults } from './web-address.js';

const prefix = 'data:image/png;base64,';
const largestOctets = 24_576;

/** An https address, or a PNG image as a data URI (RFC 2397) of bounded size, whole and sound. */
export const logoSchema = z.string({ error: 'must be text' }).check((context) => {
  const { value } = context;
  const faults = value.startsWith('data:') ? findImageFaults(value) : findAddressFaults(value);
  for (const message of faults) context.issues.push({ code: 'custom', message, input: value });
});

/** The member `logo` of the STET contract: the image itself, as base64 or as a data URI. */
export const inlineLogoSchema = z.string({ error: 'must be text' }).check((context) => {
  for (const message of findImageFaults(context.value))
    context.issues.push({ code: 'custom', message, input: context.value });
});

/** Everything that a client registered as a logo, once each. */
export function logoSources(metadata: Partial<ClientMetadata>): readonly string[] {
  const sources = Object.entries(metadata).flatMap(([member, value]) =>
    /^logo(_uri(#.*)?)?$/.test(member) && typeof value === 'string' ? [value] : [],
  );
  return [...new Set(sources)];
}

/** The logo for readers of a language: the one that came inline, or that of its address; undefined where there is none. */
export function chooseLogo(metadata: Partial<ClientMetadata>, lang: string): string | undefined {
  return metadata.logo ?? chooseLanguage(metadata, 'logo_uri', lang);
}

/** The octets of a logo that came inline; undefined for an address. */
export function readInlineLogo(source: string): Uint8Array | undefined {
  if (source.startsWith('https:')) return undefined;
  return parseBase64(source.startsWith(prefix) ? source.slice(prefix.length) : source, largestOctets);
}

function findImageFaults(text: string): readonly string[] {
  if (text.startsWith('data:') && !text.startsWith(prefix)) return [`must be an https address or begin with ${prefix}`];
  const octets = readInlineLogo(text);
  if (octets === undefined)
    return [`must be the base64 of a PNG image of at most ${largestOctets} octets, without white space`];
  try {
    parsePng(octets);
    return [];
  } catch (cause) {
    if (cause instanceof Refusal) return [cause.message];
    throw cause;
  }
}
