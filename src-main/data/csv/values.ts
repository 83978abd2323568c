/**
 * The values of sound records, byte by byte: writes each trimmed and, where it says that it is missing, as nothing, and
 * keeps what every column's values have in common, from which its type follows. One pass, so that DuckDB has only to read.
 */
import { isMissingText, MISSING_WORDS, parseNumber } from '../missing';
import type { CsvRecord } from './records';

const QUOTE = 34;
const [PLUS, MINUS, POINT, ZERO, NINE] = [43, 45, 46, 48, 57];
const LONGEST_WORD = Math.max(...MISSING_WORDS.map((word) => word.length));
/** Whole numbers up to this length keep all their digits in a double. */
const SURE_DIGITS = 15;
const LONGEST_DATE = 40;
const DATE =
  /^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9:]{4,6})?)?$/;

/** What the values of one column have in common; missing ones do not count. */
export interface ColumnScan {
  present: number;
  /** All are numbers, as missing.ts says. */
  numbers: boolean;
  /** All are dates. */
  dates: boolean;
  /** Which there are, as bits: 1 for `0`, 2 for `1`, 4 for any other. */
  digits: number;
  /** Most characters of a value. */
  longest: number;
}

/** Copies values of records, behind the row's number from 0, into a buffer that the caller empties. */
export class ValueWriter {
  readonly columns: ColumnScan[];
  /** Values that were not empty but said that they are missing. */
  missingWords = 0;
  rows = 0;
  length = 0;
  /** Bytes of the longest record written, with its line end. */
  longestRecord = 0;
  #output: Buffer = Buffer.alloc(0);

  constructor(
    columns: number,
    private readonly delimiter: number,
  ) {
    this.columns = Array.from({ length: columns }, () => ({
      present: 0,
      numbers: true,
      dates: true,
      digits: 0,
      longest: 0,
    }));
  }

  /** Begins anew, with room for so many bytes of records: beside what was read, each of them gets a number of up to ten digits. */
  reserve(bytes: number): void {
    this.length = 0;
    const room = 7 * bytes + 16;
    if (this.#output.length < room) this.#output = Buffer.allocUnsafe(room);
  }

  written(): Buffer {
    return this.#output.subarray(0, this.length);
  }

  /** @param record whose quotes are sound and which has as many values as there are columns. */
  write(buffer: Buffer, record: CsvRecord): void {
    const begun = this.length;
    const last = this.columns.length - 1;
    this.length += this.#output.write(String(this.rows), this.length, 'latin1');
    this.#byte(this.delimiter);
    this.rows += 1;
    let position = record.start;
    for (let column = 0; column <= last; column += 1) {
      const isQuoted = buffer[position] === QUOTE && position < record.end;
      const end = isQuoted
        ? this.#quotedEnd(buffer, position, record.end)
        : this.#plainEnd(buffer, position, record.end);
      if (isQuoted) this.#value(buffer, position + 1, end - 1, column, true);
      else this.#value(buffer, position, end, column, false);
      this.#output[this.length] = column < last ? this.delimiter : 10;
      this.length += 1;
      position = end + 1;
    }
    this.longestRecord = Math.max(this.longestRecord, this.length - begun);
  }

  #plainEnd(buffer: Buffer, from: number, limit: number): number {
    let end = from;
    while (end < limit && buffer[end] !== this.delimiter) end += 1;
    return end;
  }

  /** One past the closing quote; quotes inside stand in pairs. */
  #quotedEnd(buffer: Buffer, from: number, limit: number): number {
    let position = from + 1;
    while (position < limit) {
      if (buffer[position] !== QUOTE) position += 1;
      else if (buffer[position + 1] === QUOTE && position + 1 < limit) position += 2;
      else return position + 1;
    }
    return limit;
  }

  #value(buffer: Buffer, from: number, to: number, column: number, quoted: boolean): void {
    let [start, end] = [from, to];
    while (start < end && isSpace(buffer[start])) start += 1;
    while (end > start && isSpace(buffer[end - 1])) end -= 1;
    const length = end - start;
    if (length === 0 || (length <= LONGEST_WORD && mayBeWord(buffer[start]) && isMissingAt(buffer, start, end))) {
      if (to > from) this.missingWords += 1;
      return;
    }
    if (quoted) this.#byte(QUOTE);
    this.#copy(buffer, start, end);
    if (quoted) this.#byte(QUOTE);
    const scan = this.columns[column];
    if (scan) scanValue(scan, buffer, start, end, quoted);
  }

  #byte(value: number): void {
    this.#output[this.length] = value;
    this.length += 1;
  }

  /** By hand, since most values are too short for a call to pay. */
  #copy(buffer: Buffer, start: number, end: number): void {
    if (end - start > 64) {
      this.length += buffer.copy(this.#output, this.length, start, end);
      return;
    }
    let to = this.length;
    for (let at = start; at < end; at += 1) {
      this.#output[to] = buffer[at] as number;
      to += 1;
    }
    this.length = to;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}

/** Whether some missing word begins with this byte: n, N or a question mark. */
function mayBeWord(byte: number | undefined): boolean {
  return byte === 78 || byte === 110 || byte === 63;
}

function isMissingAt(buffer: Buffer, start: number, end: number): boolean {
  return isMissingText(buffer.toString('latin1', start, end));
}

function scanValue(scan: ColumnScan, buffer: Buffer, start: number, end: number, quoted: boolean): void {
  const length = end - start;
  scan.present += 1;
  if (length > scan.longest) scan.longest = Math.max(scan.longest, characters(buffer, start, end, quoted));
  const first = buffer[start];
  scan.digits |= length > 1 ? 4 : first === ZERO ? 1 : first === ZERO + 1 ? 2 : 4;
  if (scan.numbers && !isPlainNumber(buffer, start, end)) {
    scan.numbers = length <= 400 && parseNumber(buffer.toString('latin1', start, end)) !== null;
  }
  if (scan.dates)
    scan.dates = length <= LONGEST_DATE && length >= 8 && DATE.test(buffer.toString('latin1', start, end));
}

/** The common forms `12`, `-0.5`, of few digits, without leading zeros; others are for `parseNumber` to judge. */
function isPlainNumber(buffer: Buffer, start: number, end: number): boolean {
  let position = start;
  const sign = buffer[position];
  if (sign === PLUS || sign === MINUS) position += 1;
  if (end - position > SURE_DIGITS || position === end) return false;
  const first = buffer[position];
  const second = position + 1 < end ? buffer[position + 1] : POINT;
  if (first === ZERO && second !== POINT) return false;
  let points = 0;
  for (; position < end; position += 1) {
    const byte = buffer[position] as number;
    if (byte === POINT) points += 1;
    else if (byte < ZERO || byte > NINE) return false;
  }
  return points === 0 || (points === 1 && first !== POINT);
}

/** UTF-16 units aside: characters, each pair of quotes inside a quoted value being one. */
function characters(buffer: Buffer, start: number, end: number, quoted: boolean): number {
  let count = 0;
  for (let at = start; at < end; at += 1) {
    const byte = buffer[at] as number;
    if ((byte & 0xc0) !== 0x80) count += 1;
    if (quoted && byte === QUOTE) at += 1;
  }
  return count;
}
