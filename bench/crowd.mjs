// A crowd of connections from one address that does one thing as fast as the server lets it, and connects again the moment it is closed.
import { constants, setPriority } from 'node:os';
import { connect } from 'node:tls';
import { createAnswerReader } from './answer-reader.mjs';
import { numberMark } from './number-mark.mjs';

// It stands for other machines: what it takes of this one's processors is not what is measured.
setPriority(constants.priority.PRIORITY_LOW);
process.on('disconnect', () => process.exit());
process.on('message', (/** @type {any} */ message) => {
  process.send(answers[message.kind](message));
});

const answers = { start, stop };
const slowestMilliseconds = 500;
const pipelinedOctets = 16_384;

let state = { stopping: true };

/** Each behaviour is given a connection when its handshake is done. */
const behaviours = { calls: call, handshakes: (socket) => socket.destroy(), slow: trickle, pipelined: pipeline };

function start({ behaviour, connections, ...target }) {
  state = { stopping: false, opened: 0, closed: 0, statuses: {}, sent: 0, sockets: new Set() };
  for (let count = 0; count < connections; count += 1) open(target, behaviours[behaviour], state);
  return {};
}

function stop() {
  state.stopping = true;
  for (const socket of state.sockets) socket.destroy();
  const { opened, closed, statuses } = state;
  return { opened, closed, statuses };
}

function open(target, behave, counts) {
  if (counts.stopping) return;
  const { port, from, identity } = target;
  const { ca, certificate, key } = identity;
  const tls = { servername: 'localhost', ca, cert: certificate, key };
  /** @type {import('node:tls').ConnectionOptions & { localAddress?: string }} */
  const place = { port, host: 'localhost', localAddress: from, ...tls };
  const socket = connect(place);
  counts.sockets.add(socket);
  socket.on('error', () => undefined);
  socket.once('secureConnect', () => {
    counts.opened += 1;
    behave(socket.setNoDelay(true), identity.requests, counts);
  });
  socket.once('close', () => {
    counts.closed += 1;
    counts.sockets.delete(socket);
    setImmediate(() => open(target, behave, counts));
  });
}

function call(socket, requests, counts) {
  const send = () => socket.write(nextRequest(requests, counts), 'latin1');
  socket.on(
    'data',
    createAnswerReader((status) => {
      count(counts, status);
      if (!counts.stopping) send();
    }),
  );
  send();
}

/** A body that never ends, an octet at a time. */
function trickle(socket, [head], counts) {
  socket.on(
    'data',
    createAnswerReader((status) => count(counts, status)),
  );
  socket.write(head, 'latin1');
  const timer = setInterval(() => socket.write(' '), slowestMilliseconds);
  socket.once('close', () => clearInterval(timer));
}

/** As many whole requests as one TLS record holds, again and again, whatever is answered. */
function pipeline(socket, [request], counts) {
  const records = Buffer.from(request.repeat(Math.floor(pipelinedOctets / request.length)), 'latin1');
  const send = () => {
    while (!counts.stopping && socket.write(records));
  };
  socket.on('drain', send);
  socket.on(
    'data',
    createAnswerReader((status) => count(counts, status)),
  );
  send();
}

function nextRequest(requests, counts) {
  const number = counts.sent++;
  return requests[number % requests.length].replace(numberMark, String(number).padStart(numberMark.length, '0'));
}

function count({ statuses }, status) {
  statuses[status] = (statuses[status] ?? 0) + 1;
}
