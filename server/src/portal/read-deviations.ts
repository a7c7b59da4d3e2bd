import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DeviationsView } from '@postern/web/views/deviations-view.js';

type Standard = DeviationsView['standards'][number];

/** The list of deviations that is kept with the code, read at the start, so that the portal cannot say anything else. */
export function readDeviations(): DeviationsView {
  return parseDeviations(readFileSync(fileURLToPath(new URL('../../../docs/divergences.md', import.meta.url)), 'utf8'));
}

/** Headings of the second level, paragraphs and tables; throws on any other Markdown, which the page would show wrongly. */
export function parseDeviations(markdown: string): DeviationsView {
  const [, ...parts] = markdown.split(/^## /m);
  return { standards: parts.map(parseStandard) };
}

function parseStandard(part: string): Standard {
  const [title = '', ...lines] = part.split('\n');
  const table = lines.filter((line) => line.startsWith('|')).map(parseRow);
  const remarks = lines
    .filter((line) => !line.startsWith('|'))
    .join('\n')
    .split(/\n{2,}/);
  const [columns = [], , ...rows] = table;
  const ragged = rows.find((row) => row.length !== columns.length);
  if (ragged !== undefined) throw new Error(`a deviation of ${title} has ${ragged.length} cells: ${ragged[0]}`);
  return {
    title: title.trim(),
    remarks: remarks.map((remark) => remark.replaceAll('\n', ' ').trim()).filter((remark) => remark !== ''),
    columns,
    rows,
  };
}

function parseRow(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}
