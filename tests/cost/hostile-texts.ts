/** Pieces that make expressions go back, start again, or look again. */
const pieces = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    'a',
    'A',
    '0',
    'é',
    '\u0301',
    '\u200d',
    '.',
    '-',
    '_',
    ',',
    ';',
    ':',
    '=',
    '"',
    "'",
    '\\',
    '/',
  ],
  ...['?', '#', '%', '%41', '&', '+', '*', '|', '@', '(', '[', '{', '<', '>', '!', '$', '~'],
  ...[
    ', ',
    '; ',
    'a ',
    ' a',
    'a,',
    'a;',
    'a.',
    '.a',
    '-a',
    'a=b&',
    'a=b;',
    'a="b", ',
    '\\"',
    '&amp;',
    '<a>',
    '<!--',
    'a\n',
    'a:b\n',
  ],
  ...['-----BEGIN ', '-----BEGIN CERTIFICATE-----', '{"a":', '"a",', '[0,', 'https://', 'W/"a",', 'rn', 'vv', 'C.I.'],
];

/** A text of a length, by the name of what it is made of; and the same between two letters. */
export function hostileTexts(): readonly (readonly [name: string, make: (length: number) => string])[] {
  const filled = pieces.map((piece) => [JSON.stringify(piece), (length: number) => fill(piece, length)] as const);
  const listed = ['&', ',', ';', ' ', '\n'].map(
    (separator) => [`names ${JSON.stringify(separator)}`, (length: number) => list(separator, length)] as const,
  );
  return [
    ...filled,
    ...filled.map(([name, make]) => [`a ${name} b`, (length: number) => `a${make(length - 2)}b`] as const),
    ...listed,
  ];
}

function fill(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** Names that are all different. */
function list(separator: string, length: number): string {
  const names = Array.from({ length: Math.ceil(length / 5) }, (_, index) => index.toString(36).padStart(3, 'x'));
  return names.join(`=${separator}`).slice(0, length);
}
