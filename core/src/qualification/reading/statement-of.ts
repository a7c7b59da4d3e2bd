import type { Psd2Statement } from '../../certificate/certificate.js';
import type { Evidence } from '../evidence.js';

export type SoundStatement = Extract<Psd2Statement, { malformed: undefined }>;

/** The PSD2 statement, if there is exactly one and it can be read; otherwise other rules name what is wrong. */
export function statementOf({ certificate }: Evidence): SoundStatement | undefined {
  const [first, ...more] = certificate.qcStatements.psd2;
  return first === undefined || more.length > 0 || first.malformed !== undefined ? undefined : first;
}

/** Said by the rules that need a statement when there is none to judge. */
export const noStatement = 'no single readable PSD2 statement';
