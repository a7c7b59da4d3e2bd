import { z } from 'zod';
import { isNetwork } from './http/read-proxied-address.js';

/** What one third party or one address may take of the server; of IPv6 addresses, a network of 64 bits is one. */
export const limitsSchema = z.strictObject({
  requestsAtOnce: z
    .int()
    .min(1)
    .max(100_000)
    .default(256)
    .describe('Unanswered requests of one third party, or of one address where no qualified certificate is known'),
  connectionsPerAddress: z
    .int()
    .min(8)
    .max(4_096)
    .default(128)
    .describe('Connections of one IPv4 address or one IPv6 network of 64 bits to each listener, at the same time'),
  handshakesPerAddress: z
    .int()
    .min(1)
    .max(256)
    .default(2)
    .describe('TLS handshakes of one address under way at the same time; the next ones wait unread'),
  handshakesPerSecond: z
    .int()
    .min(1)
    .max(10_000)
    .default(50)
    .describe(
      'TLS handshakes of one address; twice as many at once where none were made lately. The next ones wait unread',
    ),
  proxyProtocol: z
    .strictObject({
      from: z
        .array(z.string().refine(isNetwork, { error: 'an address or a network: 192.0.2.7, 10.0.0.0/8, 2001:db8::/32' }))
        .max(100)
        .default([])
        .describe(
          'Load balancers that pass TLS on and say in PROXY protocol version 2 whose connection it is. It is required of them and read from nobody else',
        ),
    })
    .prefault({}),
});
