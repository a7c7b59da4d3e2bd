// Closes a test run with one plain line that a script can read: "N passed, N failed, N skipped".
export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const { state } = test.result();
        count[state === 'passed' || state === 'failed' ? state : 'skipped'] += 1;
        if (test.diagnostic()?.flaky) process.stdout.write(`held only on a second try: ${test.fullName}\n`);
      }
      const isBroken = module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed');
      if (isBroken) count.failed += 1;
    }
    // After vitest's own reporter has printed its last line.
    process.once('exit', () =>
      process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`),
    );
  }
}
