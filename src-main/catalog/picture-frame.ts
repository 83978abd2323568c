/** The geometry of pictures: how a picture lies in a frame, and how large it is when it is shown small. */

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface Place extends PictureSize {
  readonly x: number;
  readonly y: number;
}

/** Where a whole picture lies in a frame: as large as it fits, in the middle. All in pixels. */
export function fitWhole(picture: PictureSize, frame: PictureSize): Place {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  return { x: (frame.width - width) >> 1, y: (frame.height - height) >> 1, width, height };
}

/** The size at which neither side is longer than `side`; never larger than the picture is. */
export function shrunkSize({ width, height }: PictureSize, side: number): PictureSize {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A box of a picture, in shares of the original, as pixels of a frame that shows the original whole.
 * @param original its size in pixels.
 */
export function boxInFrame(box: Place, original: PictureSize, frame: PictureSize): Place {
  const shown = fitWhole(original, frame);
  return {
    x: shown.x + box.x * shown.width,
    y: shown.y + box.y * shown.height,
    width: box.width * shown.width,
    height: box.height * shown.height,
  };
}
