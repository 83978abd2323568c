/** Ogg pages (RFC 3533) → the packets of the first stream in them, each page checked by its CRC. */

export interface OggStream {
  readonly packets: readonly Uint8Array[];
  /** What the last page says that the stream ends with, in samples; null where no page says. */
  readonly end: number | null;
  /** Whether the last page is marked as such: else the file was cut. */
  readonly isWhole: boolean;
}

/** A page or packet that can't be. */
export class OggDamage extends Error {}

const HEADER = 27;
const LAST_PAGE = 4;

/** CRC-32 with the polynomial 0x04c11db7, not reflected. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  return crc;
});

export function isOgg(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, 4)) === 'OggS';
}

/** @throws OggDamage */
export function readOgg(bytes: Uint8Array): OggStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Uint8Array[] = [];
  let [at, serial, isWhole] = [0, -1, false];
  let end: number | null = null;
  let open: Uint8Array[] = [];
  while (at + HEADER <= bytes.length && !isWhole) {
    if (!isOgg(bytes.subarray(at))) throw new OggDamage('a page does not begin where it should');
    const segments = bytes.subarray(at + HEADER, at + HEADER + (bytes[at + 26] ?? 0));
    const body = at + HEADER + segments.length;
    const next = body + segments.reduce((sum, length) => sum + length, 0);
    if (next > bytes.length) break;
    if (crcOf(bytes, at, next) !== view.getUint32(at + 22, true)) throw new OggDamage('a page whose sum is wrong');
    if (serial < 0) serial = view.getUint32(at + 14, true);
    if (serial === view.getUint32(at + 14, true)) {
      open = splitPage(bytes, body, segments, open, packets);
      const granule = view.getBigInt64(at + 6, true);
      if (granule >= 0n) end = Number(granule);
      isWhole = ((bytes[at + 5] ?? 0) & LAST_PAGE) !== 0;
    }
    at = next;
  }
  return { packets, end, isWhole };
}

/** A segment shorter than 255 ends its packet. @returns the pieces of the packet that goes on in the next page. */
function splitPage(
  bytes: Uint8Array,
  body: number,
  segments: Uint8Array,
  before: Uint8Array[],
  packets: Uint8Array[],
): Uint8Array[] {
  let open = before;
  let [start, length] = [body, 0];
  for (const segment of segments) {
    length += segment;
    if (segment === 255) continue;
    packets.push(Buffer.concat([...open, bytes.subarray(start, start + length)]));
    open = [];
    start += length;
    length = 0;
  }
  return length > 0 ? [...open, bytes.subarray(start, start + length)] : open;
}

/** Of a page with 0 in the place of the sum itself. */
export function crcOf(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0;
  for (let at = start; at < end; at++) {
    const byte = at - start >= 22 && at - start < 26 ? 0 : (bytes[at] ?? 0);
    crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ byte] ?? 0);
  }
  return crc >>> 0;
}
