/** A table written as CSV → a version's rows: the strict pass (check.ts) names what is wrong, DuckDB then writes the Parquet file. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ColumnType, DatasetVersion } from '../../contract';
import { findType, isNumeric } from '../column-types';
import { execute, queryRows } from '../duckdb';
import { flushed } from '../flushed';
import type { ReadContext, ReadResult, SourceContext, SourceFile, SourceTarget } from '../source';
import { literal } from '../sql';
import { decimalCommaColumns } from './decimal-comma';
import { checkCsv, type CheckedCsv, type HeaderChoice } from './check';

/** Two threads write two row groups at a time, which are held to so many columns and bytes of plain CSV each. */
const SHARED_COLUMNS = 100;
const SHARED_BYTES = 64 << 20;
/** Values that a row group of the Parquet file holds at most, and bytes that are read at a time. */
const GROUP_VALUES = 4_000_000;
const READ_BYTES = 8 << 20;

/** What whoever wrote the table knows of it. */
export interface CsvKnown {
  /** `find` where nobody does. */
  readonly header?: HeaderChoice;
  /** Columns that hold words by their names, even where the words look like numbers. */
  readonly types?: ReadonlyMap<string, 'category' | 'text'>;
}

type KeepingContext = SourceContext & Pick<ReadContext, 'pieces'>;

const checkedSchema = z.object({
  columns: z.array(z.string()),
  unnamed: z.array(z.number()),
  rowCount: z.number(),
  delimiter: z.enum([',', ';', '\t', '|']),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be']),
  blankLines: z.number(),
  headerLooksLikeData: z.boolean(),
  headerless: z.boolean(),
  scans: z.array(
    z.object({
      present: z.number(),
      numbers: z.boolean(),
      comma: z.enum(['never', 'open', 'sure']),
      dates: z.boolean(),
      digits: z.number(),
      longest: z.number(),
    }),
  ),
  missingWords: z.number(),
  longestRecord: z.number(),
  hasLineEnds: z.boolean(),
});

interface Writing {
  readonly target: SourceTarget;
  readonly context: SourceContext;
  /** Columns whose numbers are written with a decimal comma, by their place. */
  readonly commas: ReadonlySet<number>;
  /** One per column; undefined where its values are to say it. */
  readonly known: readonly (ColumnType | undefined)[];
}

/** @throws CodedError `csv-*`, `file-changed`; its name for people is the file's */
export async function readCsv(
  file: SourceFile,
  target: SourceTarget,
  context: KeepingContext,
  { header, types }: CsvKnown = {},
): Promise<ReadResult> {
  const plain = join(target.work, 'plain.csv');
  const { checked, keeping } = await checkOrKnow(file, plain, context, header);
  const known = checked.columns.map((name) => types?.get(name));
  const commas = new Set([...decimalCommaColumns(checked.scans)].filter((place) => !known[place]));
  const writing = { target, context, commas, known };
  try {
    await writeRows(plain, checked, writing);
  } finally {
    await keeping;
  }
  await rm(plain);
  const found = await findTypes(checked, writing);
  return {
    rowCount: checked.rowCount,
    columns: checked.columns.map((name, index) => ({ name, type: found[index] ?? 'text', image: null })),
    hasGivenSplit: false,
    notes: notesOf(checked, found, commas),
  };
}

/**
 * The strict pass, unless it was finished before an interruption.
 * @returns with it a promise that settles when its outcome is kept; what was written is brought to the disk meanwhile.
 */
async function checkOrKnow(
  file: SourceFile,
  plain: string,
  context: KeepingContext,
  header: HeaderChoice | undefined,
): Promise<{ readonly checked: CheckedCsv; readonly keeping: Promise<void> }> {
  const { pieces } = context;
  const known = pieces?.get('checked', checkedSchema);
  if (known) return { checked: known, keeping: Promise.resolve() };
  const checked = await checkCsv(file, plain, context, header).catch(async (error: unknown) => {
    await rm(plain, { force: true });
    throw error;
  });
  const keeping = pieces
    ? flushed([plain]).then((bytes) => pieces.keep('checked', checked, new Map([[plain, bytes]])))
    : Promise.resolve();
  // Whoever waits for it hears of it.
  keeping.catch(() => undefined);
  return { checked, keeping };
}

/**
 * The plain CSV to Parquet, in one streaming pass; nothing is computed of the values, so that memory stays flat with columns.
 * Numbers in Parquet's second form are written and read again in less time than in its first.
 * Two threads read where every line end ends a row: where one begins does not hang on what stands before it then.
 */
async function writeRows(plain: string, checked: CheckedCsv, writing: Writing): Promise<void> {
  const { target, context, commas, known } = writing;
  context.progress({ stage: 'types', done: 0, total: checked.columns.length, unit: 'columns' });
  const longest = checked.longestRecord + 65536;
  const columns = checked.scans.map(
    (scan, index) => `${literal(`c${index}`)}: '${!known[index] && isNumeric(scan) ? 'DOUBLE' : 'VARCHAR'}'`,
  );
  const group = Math.max(2048, Math.min(122_880, Math.floor(GROUP_VALUES / columns.length / 2048) * 2048));
  const groupBytes = ((await stat(plain)).size / checked.rowCount) * group;
  const isShared = !checked.hasLineEnds && columns.length <= SHARED_COLUMNS && groupBytes <= SHARED_BYTES;
  const pointed = [...commas].map((index) => `CAST(replace(c${index}, ',', '.') AS DOUBLE) AS c${index}`);
  const chosen = pointed.length > 0 ? `* REPLACE (${pointed.join(', ')})` : '*';
  await execute(
    `COPY (SELECT ${chosen} FROM read_csv(
      ${literal(plain)}, auto_detect = false, header = false, delim = ${literal(checked.delimiter)}, quote = '"', escape = '"',
      new_line = '\\n', nullstr = '', strict_mode = true, parallel = ${isShared}, max_line_size = ${longest},
      buffer_size = ${Math.max(READ_BYTES, 2 * longest)}, columns = {'_index': 'INTEGER', ${columns.join(', ')}}))
     TO ${literal(target.rows)} (FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd, ROW_GROUP_SIZE ${group})`,
    context.signal,
  );
  const [[count] = []] = await queryRows(`SELECT count(*) FROM ${literal(target.rows)}`);
  if (count !== checked.rowCount)
    throw new Error(`DuckDB read ${count} rows where the check found ${checked.rowCount}`);
}

async function findTypes(checked: CheckedCsv, { target, context, commas, known }: Writing): Promise<ColumnType[]> {
  const found: ColumnType[] = [];
  for (const [index, scan] of checked.scans.entries()) {
    context.signal.throwIfAborted();
    context.progress({ stage: 'types', done: index, total: checked.columns.length, unit: 'columns' });
    const ofCommas = commas.has(index) ? 'number' : known[index];
    const type = scan.present > 0 ? ofCommas : 'ignored';
    found.push(type ?? (await findType(scan, target.rows, `c${index}`)));
  }
  return found;
}

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

function notesOf(
  checked: CheckedCsv,
  found: readonly ColumnType[],
  commas: ReadonlySet<number>,
): DatasetVersion['notes'] {
  const notes: DatasetVersion['notes'] = [];
  if (checked.missingWords > 0) notes.push({ code: 'missing-words', parameters: { count: checked.missingWords } });
  for (const position of checked.unnamed) {
    notes.push({ code: 'unnamed-column', parameters: { position, column: checked.columns[position - 1] ?? '' } });
  }
  for (const [index, type] of found.entries()) {
    if (type === 'ignored') notes.push({ code: 'empty-column', parameters: { column: checked.columns[index] ?? '' } });
  }
  if (checked.blankLines > 0) notes.push({ code: 'blank-lines-skipped', parameters: { count: checked.blankLines } });
  if (checked.delimiter !== ',')
    notes.push({ code: 'delimiter', parameters: { delimiter: delimiterNames[checked.delimiter] } });
  if (commas.size > 0) {
    const named = [...commas].map((place) => checked.columns[place] ?? '');
    notes.push({ code: 'decimal-comma', parameters: { columns: named.join(', ').slice(0, 200) } });
  }
  if (checked.encoding !== 'utf-8') notes.push({ code: 'encoding', parameters: { encoding: checked.encoding } });
  if (checked.headerless)
    notes.push({ code: 'no-header', parameters: { columns: checked.columns.join(', ').slice(0, 200) } });
  if (checked.headerLooksLikeData) notes.push({ code: 'header-looks-like-data', parameters: {} });
  return notes;
}
