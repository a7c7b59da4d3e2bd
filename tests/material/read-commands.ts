const program = /^(?:npm|npx|node|docs\/)/;

/**
 * The commands that a document tells to type: lines of its `sh` blocks, and code within its text and tables. Where a cell of a table
 * names further subcommands of one program (`npx postern qualify`, `migrate`), each is a command.
 */
export function readCommands(markdown: string): readonly string[] {
  const [texts, blocks] = splitBlocks(markdown);
  const found = [...blocks.flatMap(readBlock), ...texts.flatMap(readText)];
  return [...new Set(found)];
}

function splitBlocks(markdown: string): [texts: string[], blocks: string[]] {
  const pieces = markdown.split(/^```/m);
  return [pieces.filter((_, index) => index % 2 === 0), pieces.filter((_, index) => index % 2 === 1)];
}

function readBlock(block: string): readonly string[] {
  if (!block.startsWith('sh\n')) return [];
  const lines = block.slice(3).replaceAll('\\\n', ' ').split('\n');
  return lines
    .map((line) => (line.split(' # ')[0] ?? '').trim().replaceAll(/ {2,}/g, ' '))
    .filter((line) => line !== '');
}

function readText(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const cell = line.startsWith('|') ? (line.split('|')[1] ?? '') : undefined;
    const spans = [...(cell ?? line).matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
    const [first = ''] = spans;
    const prefix = cell !== undefined && program.test(first) ? first.split(' ').slice(0, 2).join(' ') : undefined;
    return spans
      .map((span) => (program.test(span) || prefix === undefined ? span : `${prefix} ${span}`))
      .filter((span) => /^(?:(?:npm|npx|node) |docs\/.*\.sh$)/.test(span));
  });
}
