/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads "#rrggbb"; throws RangeError for anything else, so that nothing but a colour reaches a style sheet. */
export function parseColor(color: string): Rgb {
  if (!/^#[0-9a-fA-F]{6}$/.test(color)) throw new RangeError('a colour is written #rrggbb');
  const channel = (at: number) => Number.parseInt(color.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}
