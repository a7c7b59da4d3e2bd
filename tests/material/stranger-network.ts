import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import * as der from '../../core/src/asn1/der-writer.js';
import { oid } from '../../core/src/certificate/object-identifiers.js';
import type { FetchNetwork } from '../../server/src/fetch/guarded-fetch.js';
import {
  caExtensions,
  commonName,
  ecKeys,
  extension,
  type Issuer,
  issueCertificate,
  type Keys,
  keyIdentifierOf,
  rootCa,
} from './issue.js';

/** The web as a bank's server meets it: names with public addresses, behind each of which a listener on the loopback stands. */
export interface StrangerNetwork extends Required<FetchNetwork> {
  /** PEM of the authority that vouches for the servers of this web. */
  readonly ca: string;
  /** Every name that was asked for, and every address that was gone to, in their order. */
  readonly resolved: string[];
  readonly reached: string[];
  /** How many connections came to where no server of this web stands. */
  astray(): number;
  /** Lets a name answer these addresses: the first time the first list, and so on; the last one from then on. */
  name(host: string, ...answers: readonly (readonly string[])[]): void;
  /** Puts a server behind a name and answers its address. */
  serve(host: string, listener: RequestListener, plan?: ServerPlan): Promise<string>;
  /** Takes connections for a name and never says a word. */
  keepSilent(host: string): Promise<string>;
  stop(): Promise<void>;
}

export interface ServerPlan {
  /** The name in its certificate, where it is another one. */
  readonly certified?: string;
  /** Its certificate is its own. */
  readonly selfSigned?: boolean;
  readonly expired?: boolean;
  /** It sends, beside its own, a certificate under the name and key identifier of its issuer with another key, on a brainpool curve. */
  readonly lookAlike?: boolean;
  readonly tls?: TlsOptions;
}

export async function openStrangerNetwork(): Promise<StrangerNetwork> {
  const authority = rootCa('Authority of the web', { notAfter: new Date('2046-01-01T00:00:00Z') });
  const answers = new Map<string, readonly (readonly string[])[]>();
  const ports = new Map<string, number>();
  const servers: Server[] = [];
  const [resolved, reached]: [string[], string[]] = [[], []];
  let strays = 0;
  const sockets = new Set<Socket>();
  const listen = async (server: Server): Promise<number> => {
    servers.push(server);
    server.on('connection', (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const trap = await listen(
    createServer((socket) => {
      strays += 1;
      socket.destroy();
    }),
  );
  const place = (host: string, port: number) => {
    const address = `93.184.216.${ports.size + 1}`;
    ports.set(address, port);
    answers.set(host, [[address]]);
    return address;
  };
  return {
    ca: pem('CERTIFICATE', authority.certificate),
    resolved,
    reached,
    astray: () => strays,
    name: (host, ...lists) => void answers.set(host, lists),
    serve: async (host, listener, plan = {}) => {
      const keys = ecKeys();
      const issuer = plan.selfSigned === true ? { name: commonName(host), keys } : authority;
      const options = { key: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }), ...plan.tls };
      const own = pem('CERTIFICATE', certificateOf(plan.certified ?? host, { keys, issuer, plan }));
      const cert = plan.lookAlike === true ? own + pem('CERTIFICATE', lookAlikeOf(authority)) : own;
      return place(host, await listen(createTlsServer({ ...options, cert }, listener)));
    },
    keepSilent: async (host) => place(host, await listen(createServer(() => undefined))),
    resolve: async (host) => {
      const [next = [], ...later] = answers.get(host) ?? [];
      if (later.length > 0) answers.set(host, later);
      resolved.push(host);
      return next.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
    route: ({ address }) => {
      reached.push(address);
      return { address: '127.0.0.1', family: 4, port: ports.get(address) ?? trap };
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

interface CertificateOrder {
  readonly keys: Keys;
  readonly issuer: { readonly name: Uint8Array; readonly keys: Keys };
  readonly plan: ServerPlan;
}

function certificateOf(host: string, { keys, issuer, plan }: CertificateOrder): Uint8Array {
  const alternativeName = der.sequence(der.implicit(2, der.ia5String(host)));
  return issueCertificate({
    subject: commonName(host),
    keys,
    issuer,
    notAfter: new Date(plan.expired === true ? '2026-01-02T00:00:00Z' : '2046-01-01T00:00:00Z'),
    extensions: [extension(oid.subjectAlternativeName, alternativeName)],
  });
}

function lookAlikeOf({ name, keys: { spki } }: Issuer): Uint8Array {
  const keys = ecKeys('brainpoolP256r1');
  const identified = extension(oid.subjectKeyIdentifier, der.octetString(keyIdentifierOf({ spki })));
  const extensions = [...caExtensions(), identified];
  return issueCertificate({ subject: name, keys, issuer: { name, keys }, bare: true, extensions });
}

function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
