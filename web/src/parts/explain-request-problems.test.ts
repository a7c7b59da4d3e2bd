import { refusalReasons } from '@postern/core/refusal/refusal-reason.js';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../texts/texts-of.js';
import { explainRequestProblems } from './explain-request-problems.js';

const explain = (lang: 'fr' | 'en', kind: (typeof refusalReasons)[number]) =>
  explainRequestProblems([{ field: 'seal_csr', kind }], textsOf(lang).testCertificates)[0]?.message ?? '';

describe.each(refusalReasons)('why a certification request is refused: %s', (kind) => {
  it('is said of its field, whole, in the words of each language', () => {
    expect(explain('fr', kind)).toMatch(/^Demande de certificat pour le cachet(\u00a0:|,) /);
    expect(explain('en', kind)).toMatch(/^Certification request for the seal[:,] /);
    for (const lang of ['fr', 'en'] as const) expect(explain(lang, kind)).not.toMatch(/[{}]/);
    expect(explain('fr', kind)).not.toMatch(/\b(the|it|is|key|request)\b/);
  });
});
