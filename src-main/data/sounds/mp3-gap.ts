/**
 * The silence that an MP3 encoder puts before and after a sound, as its first frame tells it (Xing's header with LAME's extension,
 * "MP3 Info Tag rev 1"): without taking it off, a short word would begin a tenth of a second late.
 */

export interface Gap {
  /** Decoded samples of each channel before the sound, the telling frame's included. */
  readonly before: number;
  /** Samples that the sound has. */
  readonly length: number;
}

/** What every decoder of layer III adds by its filters. */
const DECODER_DELAY = 529;
const ID3_HEADER = 10;
const HAS_FRAMES = 1;

/** @returns null where the file does not tell. */
export function readGap(bytes: Uint8Array): Gap | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = firstFrame(bytes);
  if (start + 200 > bytes.length) return null;
  const header = view.getUint32(start);
  const isFirstVersion = ((header >>> 19) & 3) === 3;
  const isMono = ((header >>> 6) & 3) === 3;
  const sideBytes = isFirstVersion ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const checkBytes = ((header >>> 16) & 1) === 0 ? 2 : 0;
  const tag = start + 4 + checkBytes + sideBytes;
  if (!/^(Xing|Info)$/.test(String.fromCharCode(...bytes.subarray(tag, tag + 4)))) return null;
  const flags = view.getUint32(tag + 4);
  if ((flags & HAS_FRAMES) === 0) return null;
  const frames = view.getUint32(tag + 8);
  // Then, as the flags say, bytes (4), a table of contents (100) and a quality (4); the extension begins with a name of 9.
  const extension = tag + 12 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (extension + 24 > bytes.length || bytes[extension] === 0) return null;
  const delays = view.getUint32(extension + 20) & 0xffffff;
  const [delay, padding] = [delays >>> 12, delays & 0xfff];
  const perFrame = isFirstVersion ? 1152 : 576;
  const length = frames * perFrame - delay - padding;
  return length > 0 ? { before: perFrame + delay + DECODER_DELAY, length } : null;
}

/** Behind an ID3 tag, whose length is written in bytes of seven bits. */
function firstFrame(bytes: Uint8Array): number {
  if (String.fromCharCode(...bytes.subarray(0, 3)) !== 'ID3') return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return ID3_HEADER + (a & 127) * 2 ** 21 + (b & 127) * 2 ** 14 + (c & 127) * 128 + (d & 127);
}
