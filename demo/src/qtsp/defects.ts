import { DemoError } from '../demo-error.js';

/** How a certificate with a named defect differs from a good one; each breaks one thing and leaves the rest as it should be. */
export interface Defect {
  readonly explains: string;
  readonly validity?: 'past' | 'future';
  readonly issuer?: 'impostor';
  readonly statement?: 'absent' | 'swapped-names' | 'flat' | 'foreign-authority';
  readonly sealedWebsite?: true;
  readonly revoked?: true;
  readonly registration?: 'absent' | 'withdrawn';
}

export const defects = {
  expired: { explains: 'ended ten days ago', validity: 'past' },
  'not-yet-valid': { explains: 'begins in thirty days', validity: 'future' },
  'wrong-issuer': { explains: "signed by a CA that bears the demo QTSP's name but is on no list", issuer: 'impostor' },
  'no-psd2-statement': { explains: 'no PSD2 statement among the QCStatements', statement: 'absent' },
  'role-name-mismatch': { explains: 'role names that belong to other role OIDs', statement: 'swapped-names' },
  'flat-roles': { explains: 'RolesOfPSP without a SEQUENCE for each role', statement: 'flat' },
  'seal-as-qwac': { explains: 'made for TLS, but its QcType and its policy are those of a seal', sealedWebsite: true },
  revoked: { explains: 'issued, then revoked', revoked: true },
  'unknown-organization': { explains: 'the organisation is not in the register', registration: 'absent' },
  'withdrawn-organization': { explains: 'the authorisation in the register was withdrawn', registration: 'withdrawn' },
  'nca-mismatch': {
    explains: 'NCAId of another country than the organization identifier',
    statement: 'foreign-authority',
  },
} as const satisfies Record<string, Defect>;

export type DefectName = keyof typeof defects;

/** The name of a defect; throws DemoError, listing the names, for any other text. */
export function parseDefectName(text: string): DefectName {
  if (!Object.hasOwn(defects, text)) {
    throw new DemoError(
      `there is no defect "${text.slice(0, 100)}"; the defects are: ${Object.keys(defects).join(', ')}`,
      {
        usage: true,
      },
    );
  }
  return text as DefectName;
}
