/**
 * CSV: a header and rows of values parted by comma, semicolon, tab or bar, in UTF-8 or UTF-16. A strict pass of our own
 * names what is wrong (csv/check.ts); DuckDB then types the columns and writes the Parquet file.
 */
import { join } from 'node:path';
import { CodedError, type ColumnType, type DatasetVersion } from '../../contract';
import { findType, presentSql } from '../column-types';
import { checkCsv, LONGEST_RECORD, type CheckedCsv } from '../csv/check';
import { execute, queryRows } from '../duckdb';
import type { ReadResult, SourceContext, SourceDefinition, SourceTarget } from '../source';
import { identifier, literal } from '../sql';

export const definition: SourceDefinition = {
  id: 'csv',
  label: { en: 'Table (CSV)', zh: '表格（CSV）' },
  extensions: ['.csv', '.tsv', '.txt'],
  recognise: (path) => /\.(csv|tsv|txt)$/i.test(path),
  companions: async (path) => [path],
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    const plain = join(target.work, 'plain.csv');
    const checked = await checkCsv(file, plain, context);
    const table = 'imported_text';
    try {
      await loadText(table, plain, checked, target, context);
      return await writeTyped(table, checked, target, context);
    } finally {
      await execute(`DROP TABLE IF EXISTS ${identifier(table)}`);
    }
  },
};

/** The plain file as a table of clean text columns c0, c1, …, and `words`, how many of a row's values said that they are missing. */
async function loadText(
  table: string,
  plain: string,
  checked: CheckedCsv,
  target: SourceTarget,
  context: SourceContext,
): Promise<void> {
  const columns = checked.columns.map((_, index) => `${literal(`c${index}`)}: 'VARCHAR'`).join(', ');
  await execute(`SET temp_directory = ${literal(join(target.work, 'spill'))}`, context.signal);
  const names = [...checked.columns.keys()].map((index) => `c${index}`);
  const clean = names.map((name) => `${presentSql(name)} AS ${identifier(name)}`);
  const words = names.map(
    (name) => `(coalesce(strlen(${identifier(name)}), 0) > 0 AND (${presentSql(name)}) IS NULL)::INT`,
  );
  await execute(
    `CREATE OR REPLACE TEMP TABLE ${identifier(table)} AS
    SELECT (row_number() OVER () - 1)::INTEGER AS _index, ${words.join(' + ')} AS words, ${clean.join(', ')} FROM read_csv(
      ${literal(plain)}, auto_detect = false, header = false, delim = ${literal(checked.delimiter)}, quote = '"', escape = '"',
      new_line = '\\n', strict_mode = true, parallel = false, max_line_size = ${LONGEST_RECORD + 65536},
      buffer_size = ${2 * LONGEST_RECORD + 131072}, columns = {${columns}})`,
    context.signal,
  );
  const [[count] = []] = await queryRows(`SELECT count(*) FROM ${identifier(table)}`);
  if (count !== checked.rowCount)
    throw new Error(`DuckDB read ${count} rows where the check found ${checked.rowCount}`);
}

async function writeTyped(
  table: string,
  checked: CheckedCsv,
  target: SourceTarget,
  context: SourceContext,
): Promise<ReadResult> {
  const found: ColumnType[] = [];
  for (const index of checked.columns.keys()) {
    context.signal.throwIfAborted();
    context.progress({ stage: 'types', done: index, total: checked.columns.length, unit: 'columns' });
    found.push(await findType(table, `c${index}`));
  }
  const columns = found.map((type, index) => `${typedSql(type, `c${index}`)} AS ${identifier(`c${index}`)}`);
  await execute(
    `COPY (SELECT _index, ${columns.join(', ')} FROM ${identifier(table)} ORDER BY _index)
     TO ${literal(target.rows)} (FORMAT parquet, COMPRESSION zstd)`,
    context.signal,
  );
  const [[words] = []] = await queryRows(`SELECT sum(words)::BIGINT FROM ${identifier(table)}`);
  return {
    rowCount: checked.rowCount,
    columns: checked.columns.map((name, index) => ({ name, type: found[index] ?? 'text', image: null })),
    hasGivenSplit: false,
    notes: notesOf(checked, found, Number(words)),
  };
}

/** Numbers become doubles; all else stays text. */
function typedSql(type: ColumnType, column: string): string {
  return type === 'number' ? `CAST(${identifier(column)} AS DOUBLE)` : identifier(column);
}

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

function notesOf(checked: CheckedCsv, found: readonly ColumnType[], words: number): DatasetVersion['notes'] {
  const notes: DatasetVersion['notes'] = [];
  if (words > 0) notes.push({ code: 'missing-words', parameters: { count: words } });
  for (const position of checked.unnamed) {
    notes.push({ code: 'unnamed-column', parameters: { position, column: checked.columns[position - 1] ?? '' } });
  }
  for (const [index, type] of found.entries()) {
    if (type === 'ignored') notes.push({ code: 'empty-column', parameters: { column: checked.columns[index] ?? '' } });
  }
  if (checked.blankLines > 0) notes.push({ code: 'blank-lines-skipped', parameters: { count: checked.blankLines } });
  if (checked.delimiter !== ',')
    notes.push({ code: 'delimiter', parameters: { delimiter: delimiterNames[checked.delimiter] } });
  if (checked.encoding !== 'utf-8') notes.push({ code: 'encoding', parameters: { encoding: checked.encoding } });
  if (checked.headerLooksLikeData) notes.push({ code: 'header-looks-like-data', parameters: {} });
  return notes;
}
