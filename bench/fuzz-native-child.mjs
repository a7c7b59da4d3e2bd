// Run by fuzz-native.mjs: one target over TLS, the other end of which is a thread of this process. Says after each input what it was and what it cost.
import { connect, createServer } from 'node:tls';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { makeKeys, makePath, makeRoot } from './fuzz-native-material.mjs';
import { createRandom } from './fuzz-random.mjs';

const versions = ['TLSv1.2', 'TLSv1.3'];
const careless = { ciphers: 'DEFAULT@SECLEVEL=0' };

if (isMainThread) await (process.argv[2] === 'incoming' ? takeConnections() : makeConnections());
else workerData.target === 'incoming' ? makeStrangeConnections() : takeStrangely();

/** Ours is the server: a client presents a path. */
async function takeConnections() {
  const { readPeerCertificates } = await import('../server/dist/http/peer-certificates.js');
  const read = process.argv[5] === 'object' ? (socket) => socket.getPeerCertificate(true) : readPeerCertificates;
  const root = makeRoot();
  const own = { cert: root.pem, key: root.privateKey.export({ type: 'pkcs8', format: 'pem' }) };
  /** @type {import('node:tls').TlsOptions} */
  const asking = { requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2' };
  const server = createServer({ ...own, ...asking }, (socket) => {
    socket.on('error', () => undefined);
    read(socket);
    socket.end('x');
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1', () => follow({ target: 'incoming', port: portOf(server) }));
}

function makeStrangeConnections() {
  const keys = makeKeys();
  const { port } = workerData;
  parentPort.on('message', (seed) => {
    const random = createRandom(seed);
    const path = makePath(random, { keys, root: { ...keys[0], isTrusted: false } });
    const version = random.pick(versions);
    attempt(path, (done) => {
      const options = { port, host: '127.0.0.1', rejectUnauthorized: false, minVersion: version, maxVersion: version };
      const socket = connect({ ...options, ...careless, cert: path.cert, key: path.key });
      socket.on('error', () => undefined);
      socket.on('close', done);
      socket.resume();
    });
  });
}

/** Ours is the client: a server sends, beside its good certificate, what it likes. */
async function makeConnections() {
  const { connectToServer } = await import('../server/dist/fetch/connect-to-server.js');
  const open = process.argv[5] === 'object' ? connect : connectToServer;
  follow({ target: 'outgoing' }, ({ port, ca }, done) => {
    const socket = open({ host: 'localhost', servername: 'localhost', port, ca });
    socket.on('error', () => undefined);
    socket.on('close', done);
    socket.resume();
  });
}

function takeStrangely() {
  const keys = makeKeys();
  const root = makeRoot();
  parentPort.on('message', (seed) => {
    if (seed === 'done') return;
    const random = createRandom(seed);
    const path = makePath(random, { keys, root });
    const version = random.pick(versions);
    attempt(path, (done) => {
      const options = { minVersion: version, maxVersion: version, ...careless, cert: path.cert, key: path.key };
      const server = createServer(options, (socket) => {
        socket.on('error', () => undefined);
        socket.end('x');
      });
      server.on('tlsClientError', () => undefined);
      server.listen(0, '127.0.0.1', () => {
        parentPort.postMessage({ to: { port: portOf(server), ca: root.pem } });
        parentPort.once('message', () => server.close(done));
      });
    });
  });
}

/** What a stranger's own OpenSSL would not send counts as not sent. */
function attempt(path, run) {
  const told = { keys: path.keys, octets: path.octets };
  try {
    run(() => parentPort.postMessage({ told, sent: true }));
  } catch {
    parentPort.postMessage({ told, sent: false });
  }
}

/** Gives the other end one seed after the other, and says what this thread spent on each. */
function follow(data, meet) {
  const [first, count] = [Number(process.argv[3]), Number(process.argv[4])];
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  let seed = first;
  let before = process.threadCpuUsage();
  const next = () => {
    if (seed >= first + count) process.exit(0);
    process.send({ begins: seed }, () => {
      before = process.threadCpuUsage();
      worker.postMessage(seed);
    });
  };
  worker.on('message', (message) => {
    if (message.to !== undefined) return meet(message.to, () => worker.postMessage('done'));
    const { user, system } = process.threadCpuUsage(before);
    process.send({ seed, milliseconds: (user + system) / 1_000, ...message });
    seed += 1;
    next();
  });
  next();
}

function portOf(server) {
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}
