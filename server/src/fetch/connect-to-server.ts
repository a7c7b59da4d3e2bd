import { isIP } from 'node:net';
import { type ConnectionOptions, connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';

/**
 * Connects by TLS. That the certificate is of this server (RFC 9525) is asked of OpenSSL: Node would make an object of every certificate that
 * the other side sends, which has ended processes (decision 30). A common name counts nothing, nor does a wildcard for a part of a label.
 */
export function connectToServer(options: ConnectionOptions): TLSSocket {
  const host = (options.host ?? '').replace(/\.$/, '');
  const checkServerIdentity = (): Error | undefined => judgeName(socket, host);
  const socket: TLSSocket = connect({ ...options, servername: isIP(host) === 0 ? host : '', checkServerIdentity });
  socket.getPeerCertificate = () => ({}) as DetailedPeerCertificate;
  return socket;
}

function judgeName(socket: TLSSocket, host: string): Error | undefined {
  const certificate = socket.getPeerX509Certificate();
  const named = isIP(host) === 0 ? certificate?.checkHost(host, strict) : certificate?.checkIP(host);
  if (named !== undefined) return undefined;
  return Object.assign(new Error(`the certificate of the server is not for ${host}`), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
}

const strict = { subject: 'never', partialWildcards: false } as const;
