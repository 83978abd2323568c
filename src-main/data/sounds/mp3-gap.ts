/**
 * The silence that an MP3 encoder puts before and after a sound, as its first frame tells it (Xing's header with LAME's extension,
 * "MP3 Info Tag rev 1"): without taking it off, a short word would begin a tenth of a second late.
 */
import type { Mp3Frames } from './mp3-frames';

export interface Gap {
  /** Decoded samples of each channel before the sound, the telling frame's included. */
  readonly before: number;
  /** Samples that the sound has. */
  readonly length: number;
}

/** What every decoder of layer III adds by its filters. */
const DECODER_DELAY = 529;

/** @returns null where the first frame does not tell. */
export function readGap({ bytes, perFrame, channels }: Mp3Frames): Gap | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sideBytes = perFrame === 1152 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  const hasCheck = ((bytes[1] ?? 0) & 1) === 0;
  const tag = 4 + (hasCheck ? 2 : 0) + sideBytes;
  if (!/^(Xing|Info)$/.test(String.fromCharCode(...bytes.subarray(tag, tag + 4))) || tag + 8 > bytes.length)
    return null;
  const flags = view.getUint32(tag + 4);
  // As the flags say, frames (4), bytes (4), a table of contents (100), a quality (4); then an extension whose name has 9 bytes.
  const sizes = [4, 4, 100, 4].map((size, bit) => (flags & (1 << bit) ? size : 0));
  const extension = tag + 8 + sizes.reduce((sum, size) => sum + size, 0);
  if ((flags & 1) === 0 || extension + 24 > bytes.length || bytes[extension] === 0) return null;
  const delays = view.getUint32(extension + 20) & 0xffffff;
  const [delay, padding] = [delays >>> 12, delays & 0xfff];
  const length = view.getUint32(tag + 8) * perFrame - delay - padding;
  return length > 0 ? { before: perFrame + delay + DECODER_DELAY, length } : null;
}
