/** The work, done at most once in so many milliseconds, however often it is asked for. */
export function every(milliseconds: number, work: () => Promise<unknown>): () => Promise<void> {
  let doneAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - doneAt < milliseconds) return;
    doneAt = performance.now();
    await work();
  };
}
