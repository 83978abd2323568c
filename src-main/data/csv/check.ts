/**
 * The strict pass over a CSV file: decodes, finds the records, names what is wrong by row and column, and writes the sound
 * rows as plain CSV (UTF-8, LF, no header, no blank lines, each row's number first, values trimmed, missing ones empty) for DuckDB, whose own error
 * rows are hard to trust. What the values of each column have in common is found on the way.
 */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { CodedError, type ErrorCode } from '../../contract';
import type { SourceContext, SourceFile } from '../source';
import { StrictDecoder, detectEncoding, type Encoding } from './decode';
import { sniffDelimiter, type Delimiter } from './delimiter';
import { recordValues, scanRecords, type CsvRecord, type QuoteProblem } from './records';
import { ValueWriter, type ColumnScan } from './values';

/** Bytes read at a time. */
const CHUNK = 1 << 20;
/** Longest record, in bytes. */
const LONGEST_RECORD = 16 << 20;
export const MOST_COLUMNS = 2000;

export interface CheckedCsv {
  readonly columns: readonly string[];
  /** Positions (from 1) of columns that had no name and got one. */
  readonly unnamed: readonly number[];
  readonly rowCount: number;
  readonly delimiter: Delimiter;
  readonly encoding: Encoding;
  /** Blank lines between rows that were skipped; those at the end are not counted. */
  readonly blankLines: number;
  /** Whether every name in the header is a number, as when the header is missing. */
  readonly headerLooksLikeData: boolean;
  /** One per column. */
  readonly scans: readonly ColumnScan[];
  /** Values that said that they are missing, as `NA` does. */
  readonly missingWords: number;
  /** Bytes of the longest record of the plain CSV. */
  readonly longestRecord: number;
  /** Whether a value of the plain CSV has a line end in it. */
  readonly hasLineEnds: boolean;
}

const quoteCodes = {
  unclosed: 'csv-quote-unclosed',
  'after-quote': 'csv-quote-followed',
  inside: 'csv-quote-inside',
} as const satisfies Record<QuoteProblem, ErrorCode>;

/**
 * @param output path of the plain CSV to write.
 * @throws CodedError `csv-*`, `file-changed`; rows are lines as an editor numbers them, the header's being 1, and a
 * record over several lines is named by its first.
 */
export async function checkCsv(file: SourceFile, output: string, context: SourceContext): Promise<CheckedCsv> {
  const input = await open(file.path);
  try {
    const total = (await stat(file.path)).size;
    if (total === 0) throw new CodedError('csv-empty', { file: file.name });
    const written = await open(output, 'wx');
    try {
      return await pass(file, input, total, written, context);
    } finally {
      await written.close();
    }
  } finally {
    await input.close();
  }
}

/** Chunk after chunk; while one is checked, the next is read and what came of the one before is written. */
async function pass(
  file: SourceFile,
  input: FileHandle,
  total: number,
  output: FileHandle,
  context: SourceContext,
): Promise<CheckedCsv> {
  const check = new ChunkChecker(file.name);
  const chunks = [Buffer.alloc(CHUNK), Buffer.alloc(CHUNK)] as const;
  let next = await input.read(chunks[0], 0, CHUNK, 0);
  let checked: Buffer = Buffer.alloc(0);
  for (let read = 0, turn = 1; read < total; turn = 1 - turn) {
    context.signal.throwIfAborted();
    if (next.bytesRead === 0) throw new CodedError('file-changed', { file: file.name });
    const bytes = next.buffer.subarray(0, next.bytesRead);
    read += bytes.length;
    const others = Promise.all([input.read(chunks[turn as 0 | 1], 0, CHUNK, read), output.write(checked)]);
    try {
      checked = check.push(bytes, read >= total);
    } finally {
      [next] = await others;
    }
    context.progress({ stage: 'check', done: read, total, unit: 'bytes' });
  }
  await output.write(checked);
  return check.finish();
}

/** Chunks of a file → plain CSV: decodes them, and keeps a record that does not end in one for the next. */
class ChunkChecker {
  #decoder: StrictDecoder | null = null;
  #rows: RowChecker | null = null;
  #encoding: Encoding = 'utf-8';
  #rest = Buffer.alloc(0);

  constructor(private readonly file: string) {}

  /** @returns plain CSV, good until the call after the next. */
  push(chunk: Buffer, last: boolean): Buffer {
    let bytes = chunk;
    if (!this.#decoder) {
      const { encoding, markBytes } = detectEncoding(bytes);
      this.#encoding = encoding;
      this.#decoder = new StrictDecoder(this.file, encoding);
      bytes = bytes.subarray(markBytes);
    }
    const rest = this.#rest;
    const decoded = this.#decoder.push(bytes, last, { row: this.#rows?.row ?? 1, text: rest });
    const buffer = rest.length > 0 ? Buffer.concat([rest, decoded]) : decoded;
    const isWhole = last && buffer.length <= 65536;
    this.#rows ??= new RowChecker(this.file, sniffDelimiter(buffer.subarray(0, 65536), isWhole));
    const consumed = this.#rows.push(buffer, last);
    this.#rest = Buffer.from(buffer.subarray(consumed));
    if (this.#rest.length > LONGEST_RECORD) this.#rows.refuseLength();
    return this.#rows.takeOutput();
  }

  finish(): CheckedCsv {
    if (!this.#rows) throw new CodedError('csv-empty', { file: this.file });
    return { ...this.#rows.finish(), encoding: this.#encoding };
  }
}

/** Checks records one after another and collects the sound ones as plain CSV. */
class RowChecker {
  #columns: string[] | null = null;
  #unnamed: number[] = [];
  #headerLooksLikeData = false;
  #state = { row: 1 };
  #values: ValueWriter | null = null;
  readonly #delimiterByte: number;

  constructor(
    private readonly file: string,
    private readonly delimiter: Delimiter,
  ) {
    this.#delimiterByte = delimiter.charCodeAt(0);
  }

  /** Line of the next record's beginning. */
  get row(): number {
    return this.#values?.row ?? this.#state.row;
  }

  /** @returns bytes consumed. */
  push(buffer: Buffer, last: boolean): number {
    const start = this.#values ? 0 : this.#pushHeader(buffer, last);
    if (!this.#values) return start;
    this.#values.reserve(buffer.length);
    const end = this.#values.write(buffer, start, last);
    if (this.#values.isStopped) this.#refuseRecord(buffer.subarray(end), last);
    return end;
  }

  #pushHeader(buffer: Buffer, last: boolean): number {
    return scanRecords(buffer, this.#delimiterByte, last, this.#state, (record) => {
      if (record.blank) return true;
      if (record.problem) this.#refuseQuotes(record.problem);
      this.#columns = this.#readHeader(buffer, record);
      this.#values = new ValueWriter(this.#columns.length, this.#delimiterByte, record.nextRow);
      return false;
    });
  }

  /** Names what is wrong with a record that is not sound, once it is known to its end. */
  #refuseRecord(buffer: Buffer, last: boolean): void {
    scanRecords(buffer, this.#delimiterByte, last, { row: this.row }, (record) => {
      if (record.problem) this.#refuseQuotes(record.problem);
      return this.#refuseRagged(record);
    });
  }

  takeOutput(): Buffer {
    return this.#values?.written() ?? Buffer.alloc(0);
  }

  refuseLength(): never {
    throw new CodedError('csv-row-too-long', { file: this.file, row: this.row });
  }

  finish(): Omit<CheckedCsv, 'encoding'> {
    if (!this.#columns || !this.#values) throw new CodedError('csv-blank', { file: this.file });
    if (this.#values.rows === 0) throw new CodedError('csv-header-only', { file: this.file });
    return {
      columns: this.#columns,
      unnamed: this.#unnamed,
      rowCount: this.#values.rows,
      delimiter: this.delimiter,
      blankLines: this.#values.blankLines,
      headerLooksLikeData: this.#headerLooksLikeData,
      scans: this.#values.columns,
      missingWords: this.#values.missingWords,
      longestRecord: this.#values.longestRecord,
      hasLineEnds: this.#values.hasLineEnds,
    };
  }

  #readHeader(buffer: Buffer, record: CsvRecord): string[] {
    const names = recordValues(buffer, record, this.#delimiterByte).map((name) => name.trim());
    if (names.length > MOST_COLUMNS) {
      throw new CodedError('csv-too-many-columns', { file: this.file, found: names.length, most: MOST_COLUMNS });
    }
    this.#headerLooksLikeData = names.every((name) => name !== '' && Number.isFinite(Number(name)));
    const named = names.map((name, index) => {
      if (name !== '') return name;
      this.#unnamed.push(index + 1);
      return `column ${index + 1}`;
    });
    const seen = new Map<string, number>();
    for (const [index, name] of named.entries()) {
      const first = seen.get(name);
      if (first !== undefined) {
        throw new CodedError('csv-duplicate-column', { file: this.file, column: name, first, second: index + 1 });
      }
      seen.set(name, index + 1);
    }
    return named;
  }

  #refuseQuotes(problem: { kind: QuoteProblem; row: number; field: number }): never {
    const column = this.#columns?.[problem.field - 1] ?? `column ${problem.field}`;
    throw new CodedError(quoteCodes[problem.kind], { file: this.file, row: problem.row, column });
  }

  #refuseRagged(record: CsvRecord): never {
    throw new CodedError('csv-ragged', {
      file: this.file,
      row: record.row,
      found: record.fields,
      expected: this.#columns?.length ?? 0,
    });
  }
}
