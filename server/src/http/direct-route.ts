import type { Duplex } from 'node:stream';
import type { HeaderList } from '@postern/core/signature/header-list.js';

/** A request whose head was guarded and whose body was read, as a direct route is given it. */
export interface DirectRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  /** The decoded value of the one parameter that the path has; empty where it has none. */
  readonly parameter: string;
  /** The query without its question mark; empty where there is none. */
  readonly query: string;
  readonly correlationId: string;
  readonly socket: Duplex;
}

/** What a direct route answers with; without a body it has neither type nor octets. */
export interface DirectAnswer {
  readonly status: number;
  readonly body?: { readonly type: string; readonly content: string | Uint8Array };
}

/**
 * An address on the way of every call: it is answered by the listener itself, before the framework of the other addresses.
 * Whatever it refuses or fails at goes the way of every refusal.
 */
export interface DirectRoute {
  readonly method: 'GET' | 'POST';
  /** At most one parameter: the last segment but one, as in `/accounts/:resourceId/balances`, or all that comes after, as in `/ocsp/*`. */
  readonly path: string;
  readonly answer: (request: DirectRequest) => DirectAnswer | Promise<DirectAnswer>;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers an address without the framework, but for refusals and for methods that it does not serve. */
    answerDirectly(route: DirectRoute): void;
  }
}
