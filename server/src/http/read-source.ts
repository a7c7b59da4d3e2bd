import type { Duplex } from 'node:stream';
import { sourceOfAddress } from './source-of-address.js';

const known = new WeakMap<Duplex, string>();

/** Who is at the other end of a connection, to count by: whom the proxy in front of us named, or else the address of the connection. */
export function readSource(connection: Duplex & { readonly remoteAddress?: string | undefined }): string {
  return known.get(connection) ?? sourceOfAddress(connection.remoteAddress ?? '');
}

/** Says who is at the other end of a connection. */
export function keepSource(connection: Duplex, source: string): void {
  known.set(connection, source);
}
