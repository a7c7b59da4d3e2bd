// Others: a few kept-alive connections over mutual TLS that ask now and then, as most third parties do; how long each answer takes is
// what a stranger must not change.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:tls';
import { createAnswerReader } from './answer-reader.mjs';

process.on('disconnect', () => process.exit());
process.on('message', async (/** @type {any} */ message) => {
  try {
    process.send(await measure(message));
  } catch (cause) {
    process.send({ error: String(cause) });
  }
});

const longestWait = 20_000;

/** Milliseconds of each answer over some seconds; an answer that is not 200, or a connection that is closed, is a failure. */
async function measure({ port, identity, connections, everyMilliseconds, seconds }) {
  const state = { milliseconds: [], failures: [], until: performance.now() + seconds * 1_000, sent: 0 };
  const loops = Array.from({ length: connections }, () => ask({ port, identity, everyMilliseconds }, state));
  await Promise.all(loops);
  const sorted = state.milliseconds.sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(sorted.length * share)];
  return {
    requests: sorted.length,
    failures: state.failures.length,
    failure: state.failures[0],
    p50: at(0.5),
    p99: at(0.99),
  };
}

async function ask({ port, identity, everyMilliseconds }, state) {
  let connection;
  while (performance.now() < state.until) {
    const begin = performance.now();
    try {
      connection ??= await open(port, identity);
      const status = await connection.send(identity.requests[state.sent++ % identity.requests.length]);
      if (status !== 200) throw new Error(`an answer ${status}`);
    } catch (cause) {
      state.failures.push(String(cause));
      connection?.close();
      connection = undefined;
    }
    state.milliseconds.push(performance.now() - begin);
    await pause(everyMilliseconds * (0.5 + Math.random()));
  }
  connection?.close();
}

async function open(port, { ca, certificate, key }) {
  const socket = connect({
    ca,
    cert: certificate,
    key,
    port,
    host: 'localhost',
    servername: 'localhost',
    ALPNProtocols: ['http/1.1'],
  });
  const gone = once(socket, 'close').then(() => Promise.reject(new Error('a closed connection')));
  gone.catch(() => undefined);
  socket.on('error', () => undefined);
  let answered = (_status) => undefined;
  socket.on(
    'data',
    createAnswerReader((status) => answered(status)),
  );
  const inTime = (waited) =>
    Promise.race([
      waited,
      gone,
      pause(longestWait, undefined, { ref: false }).then(() => Promise.reject(new Error('no answer'))),
    ]);
  await inTime(new Promise((resolve) => socket.once('secureConnect', resolve)));
  return {
    send: (request) => {
      const answer = new Promise((resolve) => {
        answered = resolve;
      });
      socket.setNoDelay(true).write(request);
      return inTime(answer);
    },
    close: () => socket.destroy(),
  };
}
