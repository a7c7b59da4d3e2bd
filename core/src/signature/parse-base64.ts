/** Base64 of RFC 4648 section 4, canonical only (padding present, unused bits zero, no white space); undefined when it is anything else. */
export function parseBase64(text: string, maxBytes: number): Uint8Array | undefined {
  if (text.length === 0 || text.length % 4 !== 0 || text.length > Math.ceil(maxBytes / 3) * 4) return undefined;
  const bytes = Buffer.from(text, 'base64');
  // Node's decoder skips what it does not know and takes url-safe letters: only what it would write itself is canonical.
  if (bytes.toString('base64') !== text) return undefined;
  return bytes.length > maxBytes ? undefined : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
