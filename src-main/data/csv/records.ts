/**
 * Records of a CSV file after RFC 4180, from UTF-8 bytes: where each begins and ends, how many values it has, and exactly
 * where its quotes go wrong. Strict, as an importer that names rows must be; DuckDB then parses what passed here.
 */

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export type QuoteProblem = 'unclosed' | 'after-quote' | 'inside';

export interface CsvRecord {
  /** The line on which the record begins, as an editor numbers lines; the header's is 1. */
  row: number;
  /** Byte positions in the buffer: the first, and one past the last value, without the line end. */
  start: number;
  end: number;
  fields: number;
  /** Nothing but spaces. */
  blank: boolean;
  /** The line after the record. */
  nextRow: number;
  problem: { kind: QuoteProblem; row: number; field: number } | null;
}

export interface ScanState {
  /** Line of the next record's beginning. */
  row: number;
}

/**
 * Reports every record that lies whole in `buffer`.
 * @param delimiter its byte.
 * @param last whether the file ends with the buffer; if so, a record without a line end is whole.
 * @param visit gets one object that is filled anew for each record; false ends the scan.
 * @returns how many bytes were consumed; the rest begins the next buffer.
 */
export function scanRecords(
  buffer: Buffer,
  delimiter: number,
  last: boolean,
  state: ScanState,
  visit: (record: CsvRecord) => boolean | undefined,
): number {
  const record: CsvRecord = { row: 0, start: 0, end: 0, fields: 0, blank: false, nextRow: 0, problem: null };
  let position = 0;
  while (position < buffer.length) {
    const next = scanRecord(buffer, position, delimiter, last, state.row, record);
    if (next < 0) break;
    state.row = record.nextRow;
    position = next;
    if (visit(record) === false) break;
  }
  return position;
}

/** @returns where the next record begins, or -1 if the record does not end in the buffer. */
function scanRecord(
  buffer: Buffer,
  start: number,
  delimiter: number,
  last: boolean,
  row: number,
  record: CsvRecord,
): number {
  const length = buffer.length;
  let position = start;
  let fields = 1;
  let line = row;
  let blank = true;
  record.problem = null;
  for (;;) {
    if (position < length && buffer[position] === QUOTE) {
      blank = false;
      const close = closingQuote(buffer, position + 1);
      if (close < 0 || (close === length - 1 && !last)) {
        if (!last) return -1;
        record.problem ??= { kind: 'unclosed', row: line, field: fields };
        position = length;
      } else {
        line += lineEnds(buffer, position, close);
        position = close + 1;
        const after = buffer[position];
        if (position < length && after !== delimiter && after !== LINE_FEED && after !== CARRIAGE_RETURN) {
          record.problem ??= { kind: 'after-quote', row: line, field: fields };
        }
      }
    }
    let byte = 0;
    while (position < length) {
      byte = buffer[position] as number;
      if (byte === delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) break;
      if (byte === QUOTE) record.problem ??= { kind: 'inside', row: line, field: fields };
      if (byte !== 32 && byte !== 9) blank = false;
      position += 1;
    }
    if (position < length && byte === delimiter) {
      fields += 1;
      position += 1;
      continue;
    }
    return finish(buffer, start, position, last, { fields, blank: blank && fields === 1, row, line }, record);
  }
}

function finish(
  buffer: Buffer,
  start: number,
  end: number,
  last: boolean,
  seen: { fields: number; blank: boolean; row: number; line: number },
  record: CsvRecord,
): number {
  if (end >= buffer.length && !last) return -1;
  const isReturn = buffer[end] === CARRIAGE_RETURN;
  // A CR at the buffer's end may be half of a CR LF.
  if (isReturn && end + 1 >= buffer.length && !last) return -1;
  record.row = seen.row;
  record.start = start;
  record.end = end;
  record.fields = seen.fields;
  record.blank = seen.blank;
  record.nextRow = seen.line + 1;
  if (end >= buffer.length) return buffer.length;
  return isReturn && buffer[end + 1] === LINE_FEED ? end + 2 : end + 1;
}

/** The position of the quote that closes a value whose text begins at `from`; -1 if none does in the buffer. */
function closingQuote(buffer: Buffer, from: number): number {
  let position = buffer.indexOf(QUOTE, from);
  while (position >= 0 && buffer[position + 1] === QUOTE) position = buffer.indexOf(QUOTE, position + 2);
  return position;
}

/** Line ends in a part of a buffer, a CR LF being one that ends with its LF. */
export function lineEnds(buffer: Buffer, from: number, to: number): number {
  let count = 0;
  for (let position = from; position < to; position += 1) {
    const byte = buffer[position];
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && buffer[position + 1] !== LINE_FEED)) count += 1;
  }
  return count;
}

/** The values of one record, unquoted. For headers and samples; rows are parsed by DuckDB. */
export function recordValues(buffer: Buffer, record: CsvRecord, delimiter: number): string[] {
  const values: string[] = [];
  let position = record.start;
  for (;;) {
    let end: number;
    if (buffer[position] === QUOTE && position < record.end) {
      const close = closingQuote(buffer, position + 1);
      end = close < 0 || close >= record.end ? record.end : close;
      values.push(buffer.toString('utf8', position + 1, end).replaceAll('""', '"'));
      while (end < record.end && buffer[end] !== delimiter) end += 1;
    } else {
      end = position;
      while (end < record.end && buffer[end] !== delimiter) end += 1;
      values.push(buffer.toString('utf8', position, end));
    }
    if (end >= record.end) return values;
    position = end + 1;
  }
}
