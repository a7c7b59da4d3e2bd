import type { Finding, Layer, Outcome } from './finding.js';

/**
 * Findings for a terminal, by layer: a line for each rule that held or does not apply, and under every other one what was
 * found and expected, the clause and what to do. Ends in a newline.
 */
export function renderFindingsText(findings: readonly Finding[], { color }: { readonly color: boolean }): string {
  const paint: Paint = (style, text) => (color ? `\u001b[${style}m${text}\u001b[0m` : text);
  const width = Math.max(0, ...findings.map(({ rule }) => rule.length));
  const layers = layerTitles.map(([layer, title]) => {
    const own = findings.filter((finding) => finding.layer === layer);
    return own.length === 0
      ? []
      : [paint(styles.bold, title), ...own.flatMap((finding) => renderFinding(finding, width, paint)), ''];
  });
  return layers.flat().join('\n');
}

type Paint = (style: number, text: string) => string;

function renderFinding(finding: Finding, width: number, paint: Paint): readonly string[] {
  const { sign, word, style } = looks[finding.outcome];
  const head = `  ${paint(style, `${sign} ${word}`)}  ${finding.rule.padEnd(width)}`;
  if (finding.outcome === 'pass' || finding.outcome === 'not-applicable') {
    return [`${head}  ${paint(styles.dim, visible(finding.found))}`];
  }
  return [
    `${head}  ${finding.title}`,
    ...[
      ['found', finding.found],
      ['expected', finding.expected],
      ['clause', finding.clause],
      ['to do', finding.remedy],
    ].map(([label = '', text = '']) => `${' '.repeat(indent)}${paint(styles.dim, label.padEnd(8))}  ${visible(text)}`),
  ];
}

/** What stands in a certificate must not move the cursor or change the direction of the text of a terminal. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
const looks: Readonly<Record<Outcome, { readonly sign: string; readonly word: string; readonly style: number }>> = {
  pass: { sign: '✓', word: 'pass', style: styles.green },
  fail: { sign: '✗', word: 'FAIL', style: styles.red },
  warn: { sign: '!', word: 'warn', style: styles.yellow },
  indeterminate: { sign: '?', word: 'open', style: styles.yellow },
  'not-applicable': { sign: '·', word: 'n/a ', style: styles.dim },
};
const layerTitles: readonly (readonly [Layer, string])[] = [
  ['path', 'Certification path'],
  ['time', 'Time'],
  ['trust', 'Trusted lists'],
  ['profile', 'Certificate profile'],
  ['revocation', 'Revocation'],
  ['register', 'Register'],
];
/** Under the rule's id: two blanks, the sign, a blank, the word, two blanks. */
const indent = 10;
