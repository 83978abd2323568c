/**
 * Sound records, byte by byte, in one pass: where each value ends, what the values of a column have in common (from which its
 * type follows), and each value again as plain CSV — trimmed, and as nothing where it says that it is missing — behind its
 * row's number, so that DuckDB has only to read. A record that is not sound stops it; records.ts says what is wrong there.
 */
import { isMissingText, MISSING_WORDS, parseNumber } from '../missing';
import { isDate, LONGEST_DATE, SHORTEST_DATE } from './date-forms';
import { commaUseAfter, type CommaUse } from './decimal-comma';
import { lineEnds } from './records';

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const COMMA = 44;
const QUESTION = 63;
const [PLUS, MINUS, POINT, SLASH, ZERO, NINE] = [43, 45, 46, 47, 48, 57];
const LONGEST_WORD = Math.max(...MISSING_WORDS.map((word) => word.length));
/** Whole numbers up to this length keep all their digits in a double. */
const SURE_DIGITS = 15;

/** In place of the position of an end: the value does not end in the buffer, or its quotes are not sound. */
const UNFINISHED = -1;
const UNSOUND = -2;

/** What a byte adds to a value's sum, which for short values tells how many digits, points and others there are. */
const DIGIT_WEIGHT = 1;
const POINT_WEIGHT = 1 << 10;
const OTHER_WEIGHT = 1 << 20;
/** Of bytes that end a value or may not stand in it without quotes. */
const STOP = -1;

/** What the values of one column have in common; missing ones do not count. */
export interface ColumnScan {
  present: number;
  /** All are numbers, as missing.ts says. */
  numbers: boolean;
  /** Whether their comma may be a decimal sign. */
  comma: CommaUse;
  /** All are dates. */
  dates: boolean;
  /** Which there are, as bits: 1 for `0`, 2 for `1`, 4 for any other. */
  digits: number;
  /** Most characters of a value. */
  longest: number;
}

/** Writes values of records, behind the row's number from 0, into buffers that the caller empties. */
export class ValueWriter {
  /** Values that were not empty but said that they are missing. */
  missingWords = 0;
  rows = 0;
  /** Line of the next record's beginning, as an editor numbers them. */
  row: number;
  length = 0;
  /** Bytes of the longest record written, with its line end. */
  longestRecord = 0;
  /** Blank lines between rows, and those since the last row. */
  blankLines = 0;
  blankLinesWaiting = 0;
  /** Whether a value written has a line end in it. */
  hasLineEnds = false;
  /** Whether the record that comes next is not sound. */
  isStopped = false;

  readonly #scans: ColumnScan[];
  readonly #absent: Float64Array;
  /** By column: the last row of which the value is missing, from 1. */
  readonly #absentAt: Float64Array;
  readonly #weights = new Int32Array(256).fill(OTHER_WEIGHT);
  readonly #delimiter: number;
  #output = Buffer.alloc(0);
  /** What was written before, which may still be on its way to the disk. */
  #before = Buffer.alloc(0);
  /** Lines and missing words of the record at hand, of which it is not known yet whether it is whole. */
  #moreLines = 0;
  #moreWords = 0;

  /** @param row line of the first record. */
  constructor(columns: number, delimiter: number, row: number) {
    this.row = row;
    this.#delimiter = delimiter;
    this.#absent = new Float64Array(columns);
    this.#absentAt = new Float64Array(columns);
    const comma: CommaUse = delimiter === COMMA ? 'never' : 'open';
    this.#scans = Array.from({ length: columns }, () => {
      return { present: 0, numbers: true, comma, dates: true, digits: 0, longest: 0 };
    });
    this.#weights.fill(DIGIT_WEIGHT, ZERO, NINE + 1);
    this.#weights[POINT] = POINT_WEIGHT;
    for (const stop of [delimiter, QUOTE, LINE_FEED, CARRIAGE_RETURN]) this.#weights[stop] = STOP;
  }

  get columns(): ColumnScan[] {
    return this.#scans.map((scan, column) => ({ ...scan, present: this.rows - (this.#absent[column] ?? 0) }));
  }

  /** Begins anew, with room for so many bytes of records: beside what was read, each of them gets a number of up to ten digits. */
  reserve(bytes: number): void {
    this.length = 0;
    [this.#output, this.#before] = [this.#before, this.#output];
    const room = 7 * bytes + 32;
    if (this.#output.length < room) this.#output = Buffer.allocUnsafe(room);
  }

  /** Good until `reserve` is called for the second time. */
  written() {
    return this.#output.subarray(0, this.length);
  }

  /**
   * Writes the records from `from` on that lie whole in `buffer`, up to one that is not sound.
   * @param last whether the file ends with the buffer; if so, a record without a line end is whole.
   * @returns where the next record begins.
   */
  write(buffer: Buffer, from: number, last: boolean): number {
    this.isStopped = false;
    let position = from;
    while (position < buffer.length) {
      const next = this.#record(buffer, position, last);
      if (next < 0) {
        this.isStopped = next === UNSOUND;
        break;
      }
      position = next;
    }
    return position;
  }

  /** @returns where the next record begins. */
  #record(buffer: Buffer, start: number, last: boolean): number {
    const begun = this.length;
    const lastColumn = this.#scans.length - 1;
    this.#moreLines = 1;
    this.#moreWords = 0;
    this.#number(this.rows);
    let position = start;
    for (let column = 0; ; column += 1) {
      this.#byte(this.#delimiter);
      const isQuoted = position < buffer.length && buffer[position] === QUOTE;
      const end = isQuoted ? this.#quoted(buffer, position, column, last) : this.#plain(buffer, position, column, last);
      if (end < 0) return this.#undo(begun, column, end);
      if (end < buffer.length && buffer[end] === this.#delimiter) {
        if (column === lastColumn) return this.#undo(begun, column, UNSOUND);
        position = end + 1;
        continue;
      }
      const next = nextRecord(buffer, end, last);
      if (next < 0) return this.#undo(begun, column, UNFINISHED);
      if (column === 0 && !isQuoted && this.#absentAt[0] === this.rows + 1 && isBlank(buffer, start, end)) {
        this.#undo(begun, column, 0);
        this.blankLinesWaiting += 1;
        this.row += 1;
        return next;
      }
      if (column !== lastColumn) return this.#undo(begun, column, UNSOUND);
      this.#keep(begun);
      return next;
    }
  }

  #keep(begun: number): void {
    this.#byte(LINE_FEED);
    this.rows += 1;
    this.row += this.#moreLines;
    this.missingWords += this.#moreWords;
    this.blankLines += this.blankLinesWaiting;
    this.blankLinesWaiting = 0;
    const length = this.length - begun;
    if (length > this.longestRecord) this.longestRecord = length;
  }

  /** Takes back what was counted of a record up to a column; what else is known of its values holds, however often they are read. */
  #undo(begun: number, lastColumn: number, why: number): number {
    this.length = begun;
    for (let column = 0; column <= lastColumn; column += 1) {
      if (this.#absentAt[column] !== this.rows + 1) continue;
      this.#absentAt[column] = 0;
      this.#absent[column] = (this.#absent[column] ?? 0) - 1;
    }
    return why;
  }

  /** A value without quotes: copied and weighed in one go. @returns where it ends. */
  #plain(buffer: Buffer, from: number, column: number, last: boolean): number {
    const weights = this.#weights;
    const output = this.#output;
    const length = buffer.length;
    let at = from;
    let to = this.length;
    let sum = 0;
    while (at < length) {
      const byte = buffer[at] as number;
      const weight = weights[byte] as number;
      if (weight < 0) break;
      sum += weight;
      output[to] = byte;
      to += 1;
      at += 1;
    }
    if (at === length) {
      if (!last) return UNFINISHED;
    } else if (buffer[at] === QUOTE) return UNSOUND;
    this.#value(buffer, from, at, column, sum);
    return at;
  }

  /** A value in quotes, which go where nothing in it needs them. @returns the position after the closing quote. */
  #quoted(buffer: Buffer, from: number, column: number, last: boolean): number {
    const weights = this.#weights;
    const output = this.#output;
    const length = buffer.length;
    let at = from + 1;
    let to = this.length;
    let sum = 0;
    while (at < length) {
      const byte = buffer[at] as number;
      const weight = weights[byte] as number;
      if (weight < 0) break;
      sum += weight;
      output[to] = byte;
      to += 1;
      at += 1;
    }
    const first = at;
    while (at < length && (buffer[at] !== QUOTE || buffer[at + 1] === QUOTE)) at += buffer[at] === QUOTE ? 2 : 1;
    if (at >= length) return last ? UNSOUND : UNFINISHED;
    if (at === length - 1 && !last) return UNFINISHED;
    const after = buffer[at + 1];
    const isEnd = after === this.#delimiter || after === LINE_FEED || after === CARRIAGE_RETURN;
    if (at + 1 < length && !isEnd) return UNSOUND;
    if (at === first) this.#value(buffer, from + 1, at, column, sum);
    else {
      this.#special(buffer, from + 1, at, column);
      this.#moreLines += lineEnds(buffer, from, at);
    }
    return at + 1;
  }

  /** What was copied already, unless it is missing or has to be trimmed. */
  #value(buffer: Buffer, from: number, to: number, column: number, sum: number): void {
    const first = buffer[from] as number;
    if (from < to && !isSpace(first) && !isSpace(buffer[to - 1])) {
      if (to - from <= LONGEST_WORD && isMissingAt(buffer, from, to)) this.#miss(column, true);
      else {
        this.length += to - from;
        this.#scan(buffer, from, to, column, sum, false);
      }
      return;
    }
    this.#trimmed(buffer, from, to, column, false);
  }

  /** A value that needs its quotes. */
  #special(buffer: Buffer, from: number, to: number, column: number): void {
    this.#trimmed(buffer, from, to, column, true);
  }

  #trimmed(buffer: Buffer, from: number, to: number, column: number, quoted: boolean): void {
    let [start, end] = [from, to];
    while (start < end && isSpace(buffer[start])) start += 1;
    while (end > start && isSpace(buffer[end - 1])) end -= 1;
    if (start === end || (end - start <= LONGEST_WORD && isMissingAt(buffer, start, end))) {
      this.#miss(column, to > from);
      return;
    }
    if (quoted) this.#byte(QUOTE);
    this.length += buffer.copy(this.#output, this.length, start, end);
    if (quoted) this.#byte(QUOTE);
    if (quoted && !this.hasLineEnds) this.hasLineEnds = lineEnds(buffer, start, end) > 0;
    this.#scan(buffer, start, end, column, OTHER_WEIGHT, quoted);
  }

  #miss(column: number, isWord: boolean): void {
    this.#absentAt[column] = this.rows + 1;
    this.#absent[column] = (this.#absent[column] ?? 0) + 1;
    if (isWord) this.#moreWords += 1;
  }

  #scan(buffer: Buffer, start: number, end: number, column: number, sum: number, quoted: boolean): void {
    const scan = this.#scans[column] as ColumnScan;
    const length = end - start;
    const first = buffer[start] as number;
    if (length > scan.longest) scan.longest = Math.max(scan.longest, characters(buffer, start, end, quoted));
    scan.digits |= length > 1 ? 4 : first === ZERO ? 1 : first === ZERO + 1 ? 2 : 4;
    if (scan.numbers && !isWeighedNumber(buffer, start, length, sum) && !isPlainNumber(buffer, start, end)) {
      scan.numbers = length <= 400 && parseNumber(buffer.toString('latin1', start, end)) !== null;
    }
    if (scan.comma !== 'never' && (sum !== length || first === ZERO)) {
      scan.comma = commaUseAfter(scan.comma, buffer.toString('latin1', start, end));
    }
    if (scan.dates && !isDay(buffer, start, length, sum)) {
      scan.dates = length <= LONGEST_DATE && length >= SHORTEST_DATE && isDate(buffer.toString('utf8', start, end));
    }
  }

  #byte(value: number): void {
    this.#output[this.length] = value;
    this.length += 1;
  }

  /** A whole number in decimal digits. */
  #number(value: number): void {
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits += 1;
    let rest = value;
    for (let at = this.length + digits - 1; at >= this.length; at -= 1) {
      const tenth = Math.floor(rest / 10);
      this.#output[at] = ZERO + rest - 10 * tenth;
      rest = tenth;
    }
    this.length += digits;
  }
}

/** @returns where the record after a line end begins, -1 where the line end may go on after the buffer. */
function nextRecord(buffer: Buffer, end: number, last: boolean): number {
  if (end >= buffer.length) return last ? buffer.length : UNFINISHED;
  if (buffer[end] !== CARRIAGE_RETURN) return end + 1;
  if (end + 1 >= buffer.length && !last) return UNFINISHED;
  return buffer[end + 1] === LINE_FEED ? end + 2 : end + 1;
}

function isBlank(buffer: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isSpace(buffer[at])) return false;
  return true;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

function isMissingAt(buffer: Buffer, start: number, end: number): boolean {
  return mayBeWord(buffer, start, end) && isMissingText(buffer.toString('latin1', start, end));
}

/** Whether the first two bytes may begin a missing word: a question mark, or n without a letter that none goes on with, as `no` has. */
function mayBeWord(buffer: Buffer, start: number, end: number): boolean {
  const first = buffer[start] as number;
  if (first !== 78 && first !== 110) return first === QUESTION;
  if (end - start === 1) return false;
  const letter = (buffer[start + 1] as number) | 32;
  return letter < 98 || letter === 117 || letter > 122;
}

/** By the sum of its weights: `12` and `0.5`, of few digits and without leading zeros. */
function isWeighedNumber(buffer: Buffer, start: number, length: number, sum: number): boolean {
  if (length > SURE_DIGITS) return false;
  const first = buffer[start];
  if (sum === length) return first !== ZERO || length === 1;
  if (sum !== length - 1 + POINT_WEIGHT) return false;
  return first !== POINT && (first !== ZERO || buffer[start + 1] === POINT);
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

/** The common form of a date, `2024-01-31`: eight digits and two signs at their places. */
function isDay(buffer: Buffer, start: number, length: number, sum: number): boolean {
  if (length !== 10 || sum !== 8 * DIGIT_WEIGHT + 2 * OTHER_WEIGHT) return false;
  return isDateSign(buffer[start + 4]) && isDateSign(buffer[start + 7]);
}

function isDateSign(byte: number | undefined): boolean {
  return byte === MINUS || byte === SLASH;
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
