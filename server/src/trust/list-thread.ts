import { parentPort } from 'node:worker_threads';
import { type ListTask, verifyList } from './verify-list.js';

/** The thread that `list-reader` starts. */
parentPort?.on('message', (task: ListTask) => parentPort?.postMessage(verifyList(task)));
