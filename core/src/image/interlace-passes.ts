/** One pass over a picture: which pixels it holds, and how many. */
export interface Pass {
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
}

const whole = [[0, 0, 1, 1]] as const;

/** Adam7 (ISO/IEC 15948 section 8.2): first column and row, step to the next. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The passes that a picture of that size is stored in; those without pixels are left out. */
export function interlacePasses(width: number, height: number, interlaced: boolean): readonly Pass[] {
  return (interlaced ? adam7 : whole)
    .map(([left, top, stepX, stepY]) => ({
      left,
      top,
      stepX,
      stepY,
      width: Math.ceil((width - left) / stepX),
      height: Math.ceil((height - top) / stepY),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}
