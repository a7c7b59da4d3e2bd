/** A picture in memory: four octets a pixel (red, green, blue, opacity), row by row from the top. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}
