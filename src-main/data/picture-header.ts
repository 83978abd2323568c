/** How large a picture file says its picture is, before anything is unpacked: a small file can hold a huge one. */
import type { PictureSize } from '../catalog/picture-frame';

/** @returns null for what is no PNG, JPEG, WebP, GIF or BMP, or has no size. */
export function pictureSize(bytes: Buffer): PictureSize | null {
  const size = pngSize(bytes) ?? jpegSize(bytes) ?? webpSize(bytes) ?? gifSize(bytes) ?? bmpSize(bytes);
  return size && size.width > 0 && size.height > 0 ? size : null;
}

/** The media type of a picture by its first 32 bytes; null for what is no PNG, JPEG, WebP, GIF or BMP. */
export function pictureKind(head: Buffer): string | null {
  if (head.toString('latin1', 0, 4) === '\x89PNG') return 'image/png';
  if (head[0] === 0xff && head[1] === 0xd8) return 'image/jpeg';
  if (head.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  if (head.toString('latin1', 0, 4) === 'GIF8') return 'image/gif';
  return head.toString('latin1', 0, 2) === 'BM' ? 'image/bmp' : null;
}

/** Programs put a little behind a picture's end; a file that was cut has none there. */
const TAIL = 4096;

/** Whether a PNG or JPEG has its end: decoders show what is there of a cut file and say nothing. True for other kinds. */
export function hasEnd(bytes: Buffer): boolean {
  const tail = bytes.subarray(-TAIL);
  if (pngSize(bytes)) return tail.includes('IEND', 0, 'latin1');
  return bytes[0] !== 0xff || tail.includes(Buffer.from([0xff, 0xd9]));
}

/** PNG (W3C, 5.2 and 11.2.2): the signature, then the chunk IHDR with width and height. */
function pngSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** JPEG (ITU-T T.81, B.2.2): the first frame header SOF0–SOF15 (but not DHT, JPG, DAC) holds height and width. */
function jpegSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** WebP (RFC 9649): RIFF, then one of three kinds of chunk, each with 14 bits or 24 bits a side. */
function webpSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return null;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}

/** GIF87a and GIF89a: the logical screen follows the signature. */
function gifSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 10 || !/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))) return null;
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

/** BMP with a BITMAPINFOHEADER or later; a negative height says that rows go down. */
function bmpSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 26 || bytes.toString('latin1', 0, 2) !== 'BM' || bytes.readUInt32LE(14) < 40) return null;
  return { width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
}
