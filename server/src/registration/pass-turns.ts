import { setImmediate as endOfTurn } from 'node:timers/promises';

/** Waits for so many turns of the event loop: what others ask for is done meanwhile. */
export async function passTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await endOfTurn();
}

/** Does work of several steps, each in a turn of the event loop of its own; rejects with what a step throws. */
export async function doInTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await endOfTurn();
  }
}
