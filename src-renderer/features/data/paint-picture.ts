/** Pictures painted into a line of the grid, by nearest neighbour, so that one canvas takes a whole line at once. */

export interface PictureShape {
  readonly height: number;
  readonly width: number;
  /** 1 (grey), 3 (RGB) or 4 (RGBA). */
  readonly channels: number;
}

/** Pixels as canvas wants them: RGBA, `width·height·4` values of 0–255. */
export interface Surface {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * Paints a picture into the square of `size` pixels that begins at column `left` of a surface; a picture that is not
 * square keeps its proportions and stands in the middle.
 * @param pixels `height·width·channels` values of 0–255.
 */
export function paintPicture(
  surface: Surface,
  left: number,
  size: number,
  pixels: Uint8Array,
  { height, width, channels }: PictureShape,
): void {
  const scale = size / Math.max(height, width);
  const [wide, high] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const [x0, y0] = [left + Math.floor((size - wide) / 2), Math.floor((size - high) / 2)];
  const sources = Array.from({ length: wide }, (_, x) => Math.floor((x * width) / wide) * channels);
  const [green, blue] = channels >= 3 ? [1, 2] : [0, 0];
  for (let y = 0; y < high; y += 1) {
    const line = Math.floor((y * height) / high) * width * channels;
    let to = ((y0 + y) * surface.width + x0) * 4;
    for (const source of sources) {
      const from = line + source;
      surface.data[to] = pixels[from] ?? 0;
      surface.data[to + 1] = pixels[from + green] ?? 0;
      surface.data[to + 2] = pixels[from + blue] ?? 0;
      surface.data[to + 3] = channels === 4 ? (pixels[from + 3] ?? 255) : 255;
      to += 4;
    }
  }
}
