/**
 * The frames of an MP3 stream (ISO/IEC 11172-3, 2.4.2.3 and 13818-3), found by their headers and put one after another. The
 * decoder gets these alone: whole frames of one kind, because in anything else it may look for a next frame for ever.
 */

export interface Mp3Frames {
  /** Frames one after another, nothing between. */
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly rate: number;
  readonly channels: number;
  /** Samples of each channel in a frame. */
  readonly perFrame: number;
}

interface Header {
  /** What all frames of a stream have in common: version, layer, rate, one channel or two. */
  readonly kind: number;
  readonly length: number;
  readonly rate: number;
  readonly channels: number;
  readonly perFrame: number;
}

const LAYER_3 = 1;
const VERSION_1 = 3;
const VERSION_2 = 2;
const RATES = [44_100, 48_000, 32_000];
/** Kilobits per second by the header's four bits; 0 means that it is not told, which is not read here. */
const BIT_RATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const LOW_BIT_RATES = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const ID3_HEADER = 10;

/** @returns null where there is no frame. */
export function readFrames(bytes: Uint8Array): Mp3Frames | null {
  const found: Uint8Array[] = [];
  let first: Header | null = null;
  let follows = false;
  for (let at = tagLength(bytes); at + 4 <= bytes.length;) {
    const header: Header | null = readHeader(bytes, at);
    const end = at + (header?.length ?? 0);
    const isFrame: boolean =
      header !== null &&
      end <= bytes.length &&
      (first === null || header.kind === first.kind) &&
      (follows || end === bytes.length || readHeader(bytes, end)?.kind === header.kind);
    if (isFrame) {
      first ??= header;
      found.push(bytes.subarray(at, end));
      at = end;
    } else at += 1;
    follows = isFrame;
  }
  if (!first) return null;
  const { rate, channels, perFrame } = first;
  return { bytes: Buffer.concat(found), count: found.length, rate, channels, perFrame };
}

function readHeader(bytes: Uint8Array, at: number): Header | null {
  const [sync = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  const version = (second >> 3) & 3;
  if (sync !== 0xff || second >> 5 !== 7 || version === 1 || ((second >> 1) & 3) !== LAYER_3) return null;
  const isFirst = version === VERSION_1;
  const kilobits = (isFirst ? BIT_RATES : LOW_BIT_RATES)[third >> 4] ?? 0;
  const full = RATES[(third >> 2) & 3];
  if (kilobits === 0 || full === undefined) return null;
  const rate = isFirst ? full : full / (version === VERSION_2 ? 2 : 4);
  const perFrame = isFirst ? 1152 : 576;
  const channels = fourth >> 6 === 3 ? 1 : 2;
  const length = Math.floor((perFrame * kilobits * 125) / rate) + ((third >> 1) & 1);
  return { kind: (second & 0xfe) * 64 + (third & 0x0c) * 4 + channels, length, rate, channels, perFrame };
}

/** An ID3 tag before the sound, whose length is written in bytes of seven bits. */
function tagLength(bytes: Uint8Array): number {
  if (String.fromCharCode(...bytes.subarray(0, 3)) !== 'ID3') return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return ID3_HEADER + (a & 127) * 2 ** 21 + (b & 127) * 2 ** 14 + (c & 127) * 128 + (d & 127);
}
