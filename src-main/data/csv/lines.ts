/** The lines of a text file, in bounded memory: one that is too long is passed over, not held. */
import type { SourceContext, SourceFile } from '../source';
import { readDecoded } from './decoded';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** Bytes of the longest line that is read. */
export const LONGEST_LINE = 1 << 20;

export interface TextLine {
  /** As an editor counts them, from 1. */
  readonly row: number;
  /** Without its line end; null where it is longer than `LONGEST_LINE`. */
  readonly text: string | null;
}

/**
 * LF, CR LF and a lone CR each end a line; an empty last line is none.
 * @throws CodedError as `readDecoded`
 */
export async function* readLines(file: SourceFile, context: SourceContext): AsyncGenerator<TextLine> {
  const lines = new LineReader();
  for await (const { bytes, last } of readDecoded(file, context)) yield* lines.push(bytes, last);
}

class LineReader {
  #row = 1;
  #rest = Buffer.alloc(0);
  /** Whether the line at hand is too long, so that its bytes are dropped until it ends. */
  #tooLong = false;
  #afterReturn = false;

  push(bytes: Buffer, last: boolean): TextLine[] {
    const found: TextLine[] = [];
    let start = this.#afterReturn && bytes[0] === LINE_FEED ? 1 : 0;
    if (bytes.length > 0) this.#afterReturn = bytes[bytes.length - 1] === CARRIAGE_RETURN;
    for (let end = nextEnd(bytes, start); end >= 0; end = nextEnd(bytes, start)) {
      found.push(this.#finish(bytes.subarray(start, end)));
      start = end + (bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? 2 : 1);
    }
    this.#keep(bytes.subarray(start));
    if (last && (this.#rest.length > 0 || this.#tooLong)) found.push(this.#finish(Buffer.alloc(0)));
    return found;
  }

  #finish(end: Buffer): TextLine {
    const tooLong = this.#tooLong || this.#rest.length + end.length > LONGEST_LINE;
    const whole = this.#rest.length > 0 ? Buffer.concat([this.#rest, end]) : end;
    const line = { row: this.#row, text: tooLong ? null : whole.toString('utf8') };
    this.#row += 1;
    this.#rest = Buffer.alloc(0);
    this.#tooLong = false;
    return line;
  }

  #keep(bytes: Buffer): void {
    this.#tooLong ||= this.#rest.length + bytes.length > LONGEST_LINE;
    this.#rest = this.#tooLong ? Buffer.alloc(0) : Buffer.concat([this.#rest, bytes]);
  }
}

function nextEnd(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN) return at;
  }
  return -1;
}
