/**
 * Bytes of a text file → UTF-8 bytes without a byte order mark, strictly: a file is UTF-8, or UTF-16 of either order, and
 * the first bytes that are neither are named by their row.
 */
import { isUtf8 } from 'node:buffer';
import { CodedError } from '../../contract';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** With the `u` flag only halves that stand alone match. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** By byte order mark, or, without one, by every second byte of the beginning being mostly zero. */
export function detectEncoding(head: Uint8Array): { encoding: Encoding; markBytes: number } {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const zeros = [0, 0];
  const length = Math.min(head.length, 4096) & ~1;
  for (let index = 0; index < length; index += 1) {
    if (head[index] === 0) zeros[index & 1] = (zeros[index & 1] ?? 0) + 1;
  }
  const most = length * 0.3;
  const least = length * 0.1;
  if ((zeros[1] ?? 0) > most && (zeros[0] ?? 0) < least) return { encoding: 'utf-16le', markBytes: 0 };
  if ((zeros[0] ?? 0) > most && (zeros[1] ?? 0) < least) return { encoding: 'utf-16be', markBytes: 0 };
  return { encoding: 'utf-8', markBytes: 0 };
}

/**
 * Decodes chunk by chunk. Rows are counted as an editor numbers lines: LF, CR LF and a lone CR each end one.
 */
export class StrictDecoder {
  #carried = Buffer.alloc(0);
  #row = 1;
  #previousWasReturn = false;

  constructor(
    private readonly file: string,
    private readonly encoding: Encoding,
  ) {}

  /**
   * @param last whether no more bytes follow.
   * @returns UTF-8 bytes, checked; what is incomplete at the end is kept for the next call.
   * @throws CodedError `csv-encoding`
   */
  push(chunk: Buffer, last: boolean): Buffer {
    const bytes = this.#carried.length > 0 ? Buffer.concat([this.#carried, chunk]) : chunk;
    const decoded = this.encoding === 'utf-8' ? this.#utf8(bytes, last) : this.#utf16(bytes, last);
    this.#countRows(decoded);
    return decoded;
  }

  #utf8(bytes: Buffer, last: boolean): Buffer {
    const end = last ? bytes.length : wholeCharacters(bytes);
    this.#carried = Buffer.from(bytes.subarray(end));
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole) || whole.includes(0)) this.#refuse(whole, (line) => isUtf8(line) && !line.includes(0));
    return whole;
  }

  #utf16(bytes: Buffer, last: boolean): Buffer {
    let end = bytes.length & ~1;
    const highByte = this.encoding === 'utf-16le' ? 1 : 0;
    // A pair's first half waits for its second.
    if (!last && end >= 2 && ((bytes[end - 2 + highByte] ?? 0) & 0xfc) === 0xd8) end -= 2;
    this.#carried = Buffer.from(bytes.subarray(end));
    const whole = Buffer.from(bytes.subarray(0, end));
    if (this.encoding === 'utf-16be') whole.swap16();
    const text = whole.toString('utf16le');
    const hasHalf = last && this.#carried.length > 0;
    if (!LONE_SURROGATE.test(text) && !text.includes('\0') && !hasHalf) return Buffer.from(text, 'utf8');
    const lines = Buffer.from(text.replace(new RegExp(LONE_SURROGATE, 'gu'), '\0') + (hasHalf ? '\0' : ''), 'utf8');
    return this.#refuse(lines, (line) => !line.includes(0));
  }

  /** Finds the line that fails: line ends are never part of another UTF-8 character, so lines can be checked alone. */
  #refuse(bytes: Buffer, isRight: (line: Buffer) => boolean): never {
    let start = 0;
    for (let end = 0; end <= bytes.length; end += 1) {
      if (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) continue;
      if (!isRight(bytes.subarray(start, end))) {
        this.#countRows(bytes.subarray(0, start));
        break;
      }
      start = end + 1;
    }
    throw new CodedError('csv-encoding', { file: this.file, row: this.#row });
  }

  #countRows(bytes: Buffer): void {
    const previous = this.#previousWasReturn;
    if (!previous && !bytes.includes(CARRIAGE_RETURN)) {
      for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) this.#row += 1;
      return;
    }
    let returned = previous;
    for (const byte of bytes) {
      if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && !returned)) this.#row += 1;
      returned = byte === CARRIAGE_RETURN;
    }
    this.#previousWasReturn = returned;
  }
}

/** Where the last whole UTF-8 character ends: at most three bytes before the end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
