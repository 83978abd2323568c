/** Spectrograms as grey pictures for people: time from left to right, high pitches on top, loud is light. */

export interface ShownSpectrograms {
  readonly height: number;
  readonly width: number;
  readonly channels: 1;
  /** uint8, `height·width` per sound. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/**
 * @param values `frames × bands` per sound, one after another. The first sound's least and greatest value are black and white
 * for all of them, so that they can be compared.
 */
export function spectrogramPictures(values: Float32Array, frames: number, bands: number): ShownSpectrograms {
  const size = frames * bands;
  const [low, high] = rangeOf(values.subarray(0, size));
  const pixels = new Uint8Array(values.length);
  for (const [at, value] of values.entries()) {
    const [sound, within] = [Math.floor(at / size), at % size];
    const [frame, band] = [Math.floor(within / bands), within % bands];
    const share = high > low ? (value - low) / (high - low) : 0;
    pixels[sound * size + (bands - 1 - band) * frames + frame] = Math.round(255 * Math.max(0, Math.min(1, share)));
  }
  return { height: bands, width: frames, channels: 1, pixels };
}

function rangeOf(values: Float32Array): [low: number, high: number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
