/** Runs something in another process by its inspector (`node --inspect=127.0.0.1:0`), whose address that process has written. */
async function inspect<T>(log: string, work: (session: Session) => Promise<T>): Promise<T> {
  const [address] = /ws:\/\/127\.0\.0\.1:\d+\/[\w-]+/.exec(log) ?? [];
  if (address === undefined) throw new Error('the process has no inspector');
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  try {
    return await work(createSession(socket));
  } finally {
    socket.close();
  }
}

interface Session {
  post(method: string, params?: object): Promise<unknown>;
  on(method: string, listener: (params: { readonly chunk?: string }) => void): void;
}

function createSession(socket: WebSocket): Session {
  const waiting = new Map<number, (result: unknown) => void>();
  const listeners = new Map<string, (params: { readonly chunk?: string }) => void>();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, method, params, result } = JSON.parse(String(data));
    if (id === undefined) listeners.get(method)?.(params);
    else waiting.get(id)?.(result);
  });
  return {
    post: (method, params = {}) => {
      last += 1;
      const id = last;
      socket.send(JSON.stringify({ id, method, params }));
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    on: (method, listener) => void listeners.set(method, listener),
  };
}

const longestString = 1_000_000;

/** Every string that is alive in the heap of a process after a collection, as the text of a heap snapshot. */
export function readHeap(log: string): Promise<string> {
  return inspect(log, async (session) => {
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk = '' }) => chunks.push(chunk));
    const expression = `process.getBuiltinModule('node:v8').setFlagsFromString('--heap-snapshot-string-limit=${longestString}')`;
    await session.post('Runtime.evaluate', { expression });
    await session.post('HeapProfiler.enable');
    await session.post('HeapProfiler.collectGarbage');
    await session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    // The strings stand behind the graph, which is most of it.
    const text = chunks.join('');
    return text.slice(text.lastIndexOf('"strings":'));
  });
}
