import { DemoError } from '../demo-error.js';

/** What distinguishes one QTSP of the demo world from the other: names, and where below the world's address it answers. */
export interface QtspIdentity {
  readonly organizationName: string;
  readonly organizationIdentifier: string;
  readonly path: '' | '/second';
}

export const qtspIdentities = {
  first: { organizationName: 'Postern Demo QTSP', organizationIdentifier: 'NTRFR-000000000', path: '' },
  second: { organizationName: 'Postern Second Demo QTSP', organizationIdentifier: 'NTRFR-000000001', path: '/second' },
} as const satisfies Record<string, QtspIdentity>;

export type QtspName = keyof typeof qtspIdentities;

/** The name of a QTSP of the demo world; throws DemoError for any other text. */
export function parseQtspName(text: string): QtspName {
  if (text !== 'first' && text !== 'second') {
    throw new DemoError('the qtsp must be first or second', { usage: true });
  }
  return text;
}
