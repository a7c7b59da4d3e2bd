import type { Socket } from 'node:net';

/** Who asks, to count by: the address of the connection; of IPv6 the network, because one host has as many addresses as it likes. */
export function readSource({ remoteAddress = '' }: Pick<Socket, 'remoteAddress'>): string {
  const plain = remoteAddress.replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? `${plain.split(':').slice(0, 4).join(':')}::/64` : plain;
}
