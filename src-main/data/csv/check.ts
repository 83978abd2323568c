/**
 * The strict pass over a CSV file: decodes, finds the records, names what is wrong by row and column, and writes the sound
 * rows as plain CSV (UTF-8, LF, no header, no blank lines, each row's number first, values trimmed, missing ones empty) for DuckDB, whose own error
 * rows are hard to trust. What the values of each column have in common is found on the way.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { CodedError, delimiters, type DelimiterName, type ErrorCode } from '../../contract';
import type { SourceContext, SourceFile } from '../source';
import type { Encoding } from './decode';
import { readDecoded } from './decoded';
import { sniffDelimiter, type Delimiter } from './delimiter';
import { nameHeaderless } from './header';
import { later } from './later';
import { recordValues, scanRecords, type CsvRecord, type QuoteProblem } from './records';
import { ValueWriter, type ColumnScan } from './values';

/** Longest record, in bytes. */
const LONGEST_RECORD = 16 << 20;
export const MOST_COLUMNS = 2000;

/** `given`: the first record names the columns, whatever it looks like; `none`: it is a row; `find`: it may be either. */
export type HeaderChoice = 'given' | 'none' | 'find';

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
  /** Whether the first record is a row, so that the columns got proposed names. */
  readonly headerless: boolean;
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
 * @param output path of the plain CSV to write. @param header what the first record is.
 * @throws CodedError `csv-*`, `file-changed`; rows are lines as an editor numbers them, the header's being 1, and a
 * record over several lines is named by its first.
 */
export async function checkCsv(
  file: SourceFile,
  output: string,
  context: SourceContext,
  header: HeaderChoice = 'find',
): Promise<CheckedCsv> {
  const written = await open(output, 'wx');
  try {
    return await pass(file, written, { context, header });
  } finally {
    await written.close();
  }
}

async function pass(
  file: SourceFile,
  output: FileHandle,
  { context, header }: { readonly context: SourceContext; readonly header: HeaderChoice },
): Promise<CheckedCsv> {
  let rows: RowChecker | null = null;
  let found: Encoding = 'utf-8';
  let rest = Buffer.alloc(0);
  let written = later<unknown>(output.write(rest));
  try {
    for await (const { bytes, last, encoding } of readDecoded(file, context)) {
      found = encoding;
      const buffer = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
      rows ??= beginRows(file, buffer, last, { header, delimiter: context.reading?.delimiter });
      const consumed = rows.push(buffer, last);
      rest = Buffer.from(buffer.subarray(consumed));
      if (rest.length > LONGEST_RECORD) rows.refuseLength();
      (await written)();
      written = later<unknown>(output.write(rows.takeOutput()));
    }
  } finally {
    (await written)();
  }
  if (!rows) throw new CodedError('csv-empty', { file: file.name });
  return { ...rows.finish(), encoding: found };
}

function beginRows(
  file: SourceFile,
  buffer: Buffer,
  last: boolean,
  { header, delimiter: said }: { readonly header: HeaderChoice; readonly delimiter: DelimiterName | undefined },
): RowChecker {
  const head = buffer.subarray(0, 65536);
  const whole = last && head.length === buffer.length;
  const delimiter = said ? delimiters[said] : sniffDelimiter(head, whole);
  return new RowChecker(
    file.name,
    delimiter,
    header === 'given' ? null : nameHeaderless(head, whole, delimiter, header === 'none'),
  );
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
    /** Names for the columns where the first record is a row. */
    private readonly names: readonly string[] | null,
  ) {
    this.#delimiterByte = delimiter.charCodeAt(0);
  }

  /** @returns bytes consumed. */
  push(buffer: Buffer, last: boolean): number {
    const start = this.#values ? 0 : this.#begin(buffer, last);
    if (!this.#values) return start;
    this.#values.reserve(buffer.length);
    const end = this.#values.write(buffer, start, last);
    if (this.#values.isStopped) this.#refuseRecord(buffer.subarray(end), last);
    return end;
  }

  /** Reads the header, unless the first record is a row. @returns bytes consumed. */
  #begin(buffer: Buffer, last: boolean): number {
    if (this.names) {
      this.#columns = [...this.names];
      this.#values = new ValueWriter(this.names.length, this.#delimiterByte, 1);
      return 0;
    }
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
    scanRecords(buffer, this.#delimiterByte, last, { row: this.#row }, (record) => {
      if (record.problem) this.#refuseQuotes(record.problem);
      return this.#refuseRagged(record);
    });
  }

  /** Line of the next record's beginning. */
  get #row(): number {
    return this.#values?.row ?? this.#state.row;
  }

  takeOutput(): Buffer {
    return this.#values?.written() ?? Buffer.alloc(0);
  }

  refuseLength(): never {
    throw new CodedError('csv-row-too-long', { file: this.file, row: this.#row });
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
      headerless: this.names !== null,
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
