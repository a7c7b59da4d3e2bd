import { Worker } from 'node:worker_threads';
import { type ListTask, type VerifiedList, verifyList } from './verify-list.js';

/** Verifies lists without holding up anything else. */
export interface ListReader {
  verify(task: ListTask): Promise<VerifiedList>;
  stop(): void;
}

/** Up to here a list is verified at once: it takes less time than a thread takes to start. */
const smallOctets = 32 * 1024;
const idleMs = 10_000;
const longestMs = 60_000;
const limits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 };

/** Reads lists in the order of asking, large ones in a thread of its own that ends when there is nothing left to read. */
export function createListReader(thread: URL = new URL('./list-thread.js', import.meta.url)): ListReader {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function end(): void {
    clearTimeout(idle);
    worker?.terminate().catch(() => undefined);
    worker = undefined;
  }

  async function askThread(task: ListTask): Promise<VerifiedList | undefined> {
    try {
      worker ??= new Worker(thread, { resourceLimits: limits, execArgv: [] });
      return await ask(worker, task);
    } catch {
      return undefined;
    }
  }

  async function readInThread(task: ListTask): Promise<VerifiedList> {
    clearTimeout(idle);
    const answer = await askThread(task);
    if (answer === undefined) end();
    else idle = setTimeout(end, idleMs).unref();
    return answer ?? { refused: 'The list cannot be read within the bounds of time and memory.' };
  }

  return {
    verify: (task) => {
      if (task.octets.length <= smallOctets) return Promise.resolve(verifyList(task));
      const answer = last.then(() => readInThread(task));
      last = answer;
      return answer;
    },
    stop: end,
  };
}

/** Undefined when the thread ended or took too long. Whatever happens, it settles. */
function ask(worker: Worker, task: ListTask): Promise<VerifiedList | undefined> {
  return new Promise((resolve) => {
    const settle = (answer: VerifiedList | undefined) => {
      clearTimeout(timer);
      worker.off('message', settle).off('error', fail).off('exit', fail);
      worker.unref();
      resolve(answer);
    };
    const fail = () => settle(undefined);
    const timer = setTimeout(fail, longestMs);
    worker.on('message', settle).on('error', fail).on('exit', fail);
    worker.ref();
    worker.postMessage(task);
  });
}
