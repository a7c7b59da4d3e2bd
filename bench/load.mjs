// The load: kept-alive connections over mutual TLS, each with one request under way, whose bytes were made and signed before.
// A process of its own that does as little as it can for each answer, so that the server is what is measured.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:tls';

process.on('disconnect', () => process.exit());

let identities = [];
let sent = 0;
let sockets = [];

const answers = { prepare, open, run, close };

process.on('message', async (/** @type {any} */ message) => {
  try {
    process.send((await answers[message.kind](message)) ?? {});
  } catch (cause) {
    process.send({ error: String(cause) });
  }
});

/** Who sends what; where `numberMark` stands in a request, each sending puts another number. */
function prepare({ identities: given, numberMark }) {
  identities = given.map(({ requests, ca, certificate, key }) => ({
    credentials: { ca, cert: certificate, key },
    requests: requests.map((text) => toTemplate(text, numberMark)),
    next: 0,
  }));
}

function toTemplate(text, numberMark) {
  const bytes = Buffer.from(text, 'latin1');
  return { bytes, at: numberMark === undefined ? -1 : bytes.indexOf(numberMark) };
}

/** Connects, and sends some requests that do not count. */
async function open({ port, connections, warmUpSeconds }) {
  sockets = await Promise.all(
    Array.from({ length: connections }, (_, at) => openSocket(port, identities[at % identities.length])),
  );
  await run({ seconds: warmUpSeconds });
}

async function openSocket(port, identity) {
  const target = { port, host: 'localhost', servername: 'localhost', ALPNProtocols: ['http/1.1'] };
  const socket = connect({ ...identity.credentials, ...target });
  await once(socket, 'secureConnect');
  return { socket: socket.setNoDelay(true), identity };
}

async function run({ seconds }) {
  const state = { stopping: false, milliseconds: [] };
  const begin = performance.now();
  const loops = Promise.all(sockets.map((open) => drive(open, state)));
  await Promise.race([pause(seconds * 1_000), loops]);
  state.stopping = true;
  await loops;
  const elapsed = (performance.now() - begin) / 1_000;
  const sorted = state.milliseconds.sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(sorted.length * share)];
  return { requests: sorted.length, perSecond: sorted.length / elapsed, p50: at(0.5), p99: at(0.99) };
}

function close() {
  for (const { socket } of sockets) socket.destroy();
  sockets = [];
}

/** One request after the other until told to stop; rejects at the first answer that is neither 200 nor 201. */
function drive({ socket, identity }, state) {
  /** @type {PromiseWithResolvers<void>} */
  const { promise, resolve, reject } = Promise.withResolvers();
  let head;
  let missing = -1;
  let sentAt = 0;
  const send = () => {
    sentAt = performance.now();
    socket.write(nextRequest(identity));
  };
  const onData = (chunk) => {
    if (missing < 0) {
      head = head === undefined ? chunk : Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      missing = readLength(head.latin1Slice(0, end), fail) + end + 4 - head.length;
    } else {
      missing -= chunk.length;
    }
    if (missing !== 0) return;
    state.milliseconds.push(performance.now() - sentAt);
    head = undefined;
    missing = -1;
    if (!state.stopping) return send();
    socket.removeAllListeners();
    resolve();
  };
  const fail = (text) => reject(new Error(text));
  socket.on('data', onData);
  socket.once('error', reject);
  socket.once('close', () => fail('the server closed a connection'));
  send();
  return promise;
}

function nextRequest(identity) {
  const { bytes, at } = identity.requests[identity.next++ % identity.requests.length];
  if (at < 0) return bytes;
  const numbered = Buffer.from(bytes);
  numbered.write(String(sent++).padStart(8, '0'), at, 'latin1');
  return numbered;
}

function readLength(head, fail) {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (!/^HTTP\/1\.1 20[01] /.test(head) || length === undefined)
    fail(`expected 200 or 201 with a length, got: ${head}`);
  return Number(length);
}
