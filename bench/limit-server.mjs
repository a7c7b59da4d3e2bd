// The limits to compare with: nothing but node:https (with mutual TLS unless it is told otherwise) and one fixed answer; and the same with one RSA-2048
// verification for each request. One process each, as the server under test is one process.
import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:https';

process.on('disconnect', () => process.exit());

process.on('message', async (/** @type {any} */ message) => {
  if (message.kind === 'listen') process.send({ port: await listen(message) });
  else process.send({ seconds: readCpuSeconds() });
});

function listen({ key, certificate, type, body, verification, requestCert = true }) {
  const check = verification === undefined ? () => true : prepare(verification);
  const server = createServer(
    { key, cert: certificate, requestCert, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] },
    (_request, response) => {
      if (!check()) throw new Error('the signature does not verify');
      response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
      response.end(body);
    },
  );
  return new Promise((resolve) =>
    server.listen(0, 'localhost', () => resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port)),
  );
}

function prepare({ publicKey, signed, signature }) {
  const key = createPublicKey(publicKey);
  const bytes = Buffer.from(signed, 'latin1');
  const expected = Buffer.from(signature, 'base64');
  return () => verify('sha256', bytes, key, expected);
}

function readCpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
