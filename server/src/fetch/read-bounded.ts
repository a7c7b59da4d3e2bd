/** Reads a stream to its end, or answers undefined as soon as it is, or announces to be, longer than `maxBytes`. */
export async function readBounded(
  stream: AsyncIterable<unknown>,
  announced: number,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (announced > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of bytes is needed');
    length += chunk.length;
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, length));
}
