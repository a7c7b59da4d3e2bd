import type { Verdict } from './rule.js';

/** The clause is kept. */
export function pass(found: string, expected: string): Verdict {
  return { outcome: 'pass', found, expected };
}

/** The clause is broken. */
export function fail(found: string, expected: string, remedy: string): Verdict {
  return { outcome: 'fail', found, expected, remedy };
}

/** Worth telling, but no reason to refuse. */
export function warn(found: string, expected: string, remedy: string): Verdict {
  return { outcome: 'warn', found, expected, remedy };
}

/** The evidence does not tell; nobody is let in on it. */
export function indeterminate(found: string, expected: string, remedy: string): Verdict {
  return { outcome: 'indeterminate', found, expected, remedy };
}

/** The clause says nothing about this case, or another rule already names what stands in the way. */
export function notApplicable(because: string): Verdict {
  return { outcome: 'not-applicable', found: because, expected: '' };
}
