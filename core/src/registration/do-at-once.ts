/** Does all steps of a work one after the other, and answers what it made. Throws what a step throws. */
export function doAtOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
