/**
 * A version and edits over it → the next version's files. DuckDB joins the edits to the rows, so that neither needs to fit
 * into memory; pictures stay in their blob, and rows that are left out leave nothing but their place in the first version.
 */
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Column, DatasetVersion, VersionChanges } from '../contract';
import { execute, queryRows, spillTo } from './duckdb';
import { changesOf, valueOf, type EditedCells, type EditState } from './edit-state';
import { flushed } from './flushed';
import { firstRowsFile, originColumn } from './identity';
import { leftOutFile } from './left-out';
import { parseNumber } from './missing';
import { rowsFile, versionFolder, type LibraryPaths } from './paths';
import { profileColumns } from './profile';
import type { SourceContext } from './source';
import { identifier, literal } from './sql';
import { withDiskFull } from './stage';

export interface EditedRequest {
  readonly library: LibraryPaths;
  readonly base: DatasetVersion;
  readonly state: EditState;
  readonly versionId: string;
  /** What names the base's content and the edits. */
  readonly sha256: string;
  /** An empty folder of this work alone, on the library's disk. */
  readonly folder: string;
}

export interface EditedVersion {
  /** Its number is the base's until it is kept. */
  readonly version: DatasetVersion;
  readonly changes: VersionChanges;
  /** Where it lies now. */
  readonly library: LibraryPaths;
}

/** A column of the new version: where it comes from, and the edits that change it. */
interface EditedColumn {
  readonly column: Pick<Column, 'name' | 'type' | 'image' | 'of' | 'classes'>;
  /** Its index in the base; null for an added one. */
  readonly index: number | null;
  /** The name of its edits in the query; null where none changes it. */
  readonly edits: string | null;
}

/** Values that a row group of the Parquet file holds at most, as in an import. */
const GROUP_VALUES = 4_000_000;

/**
 * @returns null where the edits come to nothing.
 * @throws CodedError `disk-full`, `data-out-of-memory`; the signal's reason. The folder is the caller's to remove.
 */
export async function stageEdited(request: EditedRequest, context: SourceContext): Promise<EditedVersion | null> {
  try {
    return await makeFiles(request, context);
  } catch (error) {
    throw withDiskFull(error);
  }
}

async function makeFiles(request: EditedRequest, context: SourceContext): Promise<EditedVersion | null> {
  const { base, versionId, folder } = request;
  const library = { paths: { blobs: request.library.paths.blobs, versions: join(folder, 'versions') } };
  const work = join(folder, 'work');
  for (const made of [work, join(versionFolder(library, versionId), 'first')]) await mkdir(made, { recursive: true });
  await spillTo(join(work, 'spill'));
  context.progress({ stage: 'edit', done: 0, total: base.rowCount, unit: 'rows' });
  const columns = columnsOf(request);
  const from = await writeEdits(request, columns, work);
  const changes = await exactChanges(request, columns, from);
  if (!Object.values(changes).some((change) => change !== 0 && (typeof change === 'number' || change.length > 0))) {
    return null;
  }
  await copyRows(request, columns, from, rowsFile(library, versionId), context);
  await copyFirst(request, columns, firstRowsFile(library, versionId), context);
  await keepLeftOut(request, library);
  const rows = rowsFile(library, versionId);
  const profiled = await profileColumns(
    rows,
    columns.map(({ column }) => column),
    context,
  );
  const version: DatasetVersion = {
    ...base,
    id: versionId,
    createdAt: Date.now(),
    rowCount: base.rowCount - changes.excluded,
    columns: profiled,
    proposed: base.proposed && changes.dropped.includes(base.proposed.target) ? null : base.proposed,
    bytes: await ownBytes(rows, firstRowsFile(library, versionId)),
    source: { ...base.source, sha256: request.sha256 },
  };
  return { version, changes, library };
}

/** A second link to the first version's rows is no bytes of this one. */
export async function ownBytes(rows: string, first: string): Promise<number> {
  const bytes = await flushed([rows]);
  const firstBytes = await flushed([first]);
  return (await stat(first)).nlink > 1 ? bytes : bytes + firstBytes;
}

function columnsOf({ base, state }: EditedRequest): EditedColumn[] {
  const kept = base.columns.flatMap((column, index) =>
    state.dropped.has(column.name) ? [] : [{ column, index: index as number | null }],
  );
  const added = [...state.added.values()].map(({ column: name, type, of }) => ({
    column: { name, type, image: null, ...(of === undefined ? {} : { of }) },
    index: null,
  }));
  return [...kept, ...added].map(({ column, index }, place) => {
    const classes = state.classes.get(column.name);
    return {
      column: classes ? { ...column, classes: [...classes] } : column,
      index,
      edits: state.cells.has(column.name) ? `edits${place}` : null,
    };
  });
}

/** Puts the edits where DuckDB reads them. @returns the FROM clause: `base`, `gone` and one table for each changed column. */
async function writeEdits(
  { library, base, state }: EditedRequest,
  columns: readonly EditedColumn[],
  work: string,
): Promise<string> {
  const excluded = join(work, 'excluded.csv');
  await writeFile(
    excluded,
    linesOf(state.excluded, (row) => `${row}\n`),
  );
  const joins = [
    `${literal(rowsFile(library, base.id))} AS base`,
    `LEFT JOIN ${numbersOf(excluded, ['row'])} AS gone ON gone.row = base._index`,
  ];
  for (const { column, edits } of columns) {
    const edited = state.cells.get(column.name);
    if (!edits || !edited) continue;
    const cells = join(work, `${edits}-cells.csv`);
    await writeFile(
      cells,
      linesOf(edited.codes, (row, code) => `${row},${code}\n`),
    );
    const values = await writeValues(
      edited,
      new Set(edited.codes.filter((code) => code > 0)),
      column.type,
      join(work, `${edits}-values.csv`),
    );
    joins.push(
      `LEFT JOIN (SELECT row, value FROM ${numbersOf(cells, ['row', 'code'])} JOIN ${values} USING (code)) AS ${edits}
       ON ${edits}.row = base._index`,
    );
  }
  return joins.join('\n');
}

function linesOf(values: Uint8Array | Int32Array, write: (row: number, value: number) => string): string {
  let lines = '';
  for (const [row, value] of values.entries()) if (value > 0) lines += write(row, value);
  return lines;
}

function numbersOf(file: string, columns: readonly string[]): string {
  const types = columns.map((name) => `${literal(name)}: 'INTEGER'`).join(', ');
  return `read_csv(${literal(file)}, auto_detect = false, header = false, delim = ',', columns = {${types}})`;
}

/** The values by their codes: one may stand for many cells, and be long. */
async function writeValues(
  cells: EditedCells,
  codes: ReadonlySet<number>,
  type: Column['type'],
  file: string,
): Promise<string> {
  const lines = [...codes].map((code) => {
    const value = valueOf(cells, code);
    if (value === null) return `${code},\n`;
    return type === 'number' ? `${code},${parseNumber(value)}\n` : `${code},"${value.replaceAll('"', '""')}"\n`;
  });
  await writeFile(file, lines.join(''));
  const longest = lines.reduce((most, line) => Math.max(most, 4 * line.length), 0) + 65536;
  return `read_csv(${literal(file)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    new_line = '\\n', nullstr = '', strict_mode = true, parallel = false, max_line_size = ${longest},
    buffer_size = ${2 * longest}, columns = {'code': 'INTEGER', 'value': '${storedType(type)}'})`;
}

function storedType(type: Column['type']): string {
  return type === 'number' ? 'DOUBLE' : type === 'image' ? 'INTEGER' : 'VARCHAR';
}

/** As `changesOf`, but cells that got the value they had are none. */
async function exactChanges(
  { base, state }: EditedRequest,
  columns: readonly EditedColumn[],
  from: string,
): Promise<VersionChanges> {
  const changes = changesOf(state, base.columns);
  const edited = columns.filter(({ edits }) => edits !== null);
  if (edited.length === 0) return changes;
  const counts = edited.map(
    ({ column, index, edits }) =>
      `count(*) FILTER (WHERE ${edits}.row IS NOT NULL AND ${edits}.value IS DISTINCT FROM ${stored(index, column.type)})`,
  );
  const [found = []] = await queryRows(`SELECT ${counts.join(', ')} FROM ${from} WHERE gone.row IS NULL`);
  const changed = edited.map(({ column }, place) => ({ column: column.name, cells: Number(found[place]) }));
  return { ...changes, changed: changed.filter(({ cells }) => cells > 0) };
}

/** A column as it stands in the base; empty where it is new. */
function stored(index: number | null, type: Column['type']): string {
  return index === null ? `NULL::${storedType(type)}` : `base.${identifier(`c${index}`)}`;
}

async function copyRows(
  { library, base }: EditedRequest,
  columns: readonly EditedColumn[],
  from: string,
  file: string,
  { signal }: SourceContext,
): Promise<void> {
  const cells = columns.map(({ column, index, edits }, place) => {
    const before = stored(index, column.type);
    const value = edits ? `CASE WHEN ${edits}.row IS NULL THEN ${before} ELSE ${edits}.value END` : before;
    return `${value} AS ${identifier(`c${place}`)}`;
  });
  const split = base.hasGivenSplit ? ['base._split AS _split'] : [];
  const index = '(row_number() OVER (ORDER BY base._index) - 1)::INTEGER AS _index';
  const origin = `base.${originColumn(library, base.id)}::INTEGER AS _origin`;
  const selected = [index, origin, ...cells, ...split].join(', ');
  await execute(
    `COPY (SELECT ${selected} FROM ${from} WHERE gone.row IS NULL ORDER BY base._index)
     TO ${literal(file)} ${parquetOptions(columns.length)}`,
    signal,
  );
}

/** The first version under the new columns: its very file where the columns are the same, else what they leave of it. */
async function copyFirst(
  { library, base, state }: EditedRequest,
  columns: readonly EditedColumn[],
  file: string,
  { signal }: SourceContext,
): Promise<void> {
  const isFirst = originColumn(library, base.id) === '_index';
  const first = isFirst ? rowsFile(library, base.id) : firstRowsFile(library, base.id);
  if (state.dropped.size + state.added.size === 0) return linkOrCopy(first, file);
  const cells = columns.map(({ column, index }, place) => {
    return `${stored(index, column.type)} AS ${identifier(`c${place}`)}`;
  });
  const selected = ['_index', ...cells, ...(base.hasGivenSplit ? ['_split'] : [])].join(', ');
  await execute(
    `COPY (SELECT ${selected} FROM ${literal(first)} AS base) TO ${literal(file)} ${parquetOptions(columns.length)}`,
    signal,
  );
}

/** What the import left out is told of each version made of it, which may outlive the first. */
async function keepLeftOut(request: EditedRequest, library: LibraryPaths): Promise<void> {
  const report = leftOutFile(request.library, request.base.id);
  if (existsSync(report)) await linkOrCopy(report, leftOutFile(library, request.versionId));
}

/** A second link costs no bytes; some file systems have none. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
  }
}

export function parquetOptions(columns: number): string {
  const group = Math.max(2048, Math.min(122_880, Math.floor(GROUP_VALUES / Math.max(1, columns) / 2048) * 2048));
  return `(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${group})`;
}
