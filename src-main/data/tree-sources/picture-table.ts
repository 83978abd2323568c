/** Pictures beside a table that names them: each row of the table gets its picture, and the table's columns are the picture's facts. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CodedError } from '../../contract';
import { PictureNames } from '../annotated-pictures';
import { queryRows, type Cell } from '../duckdb';
import { developPictures, type DevelopedPicture } from '../picture-rows';
import { chooseSource, type ReadColumn, type ReadContext, type ReadResult, type SourceTarget } from '../source';
import { literal } from '../sql';
import type { Tree, TreeFile } from '../tree';
import { isPicture, isTable, partOf } from '../tree-paths';
import type { TreeSource } from '../tree-source';
import { writeGathered, type GatheredRow } from '../tree-rows';

/** Rows that are tried to find the column that names pictures, and the share of them that must. */
const TRIED = 200;
const MOST_MISSES = 0.5;

export const definition: TreeSource = {
  id: 'picture-table',
  label: { en: 'Pictures with a table of labels', zh: '带标签表的图片' },
  rank: 40,
  recognise: ({ files }) =>
    files.some(({ path }) => isPicture(path)) && files.some(({ path }) => isTable(path) && depth(path) <= 1),
  async read(tree, name, target, context) {
    const pictures = tree.files.filter(({ path }) => isPicture(path));
    const names = new PictureNames(pictures);
    for (const file of tree.files.filter(({ path }) => isTable(path) && depth(path) <= 1)) {
      const table = await readTable(file, target, context);
      const key = table && findKey(table, names, file);
      if (table && key !== null) return joinPictures({ tree, name, file, table, key, names }, target, context);
    }
    return null;
  },
};

function depth(path: string): number {
  return path.split('/').length - 1;
}

interface ReadTable {
  readonly columns: readonly ReadColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The table by its own source, in a folder of its own. @returns null for what is no table. */
async function readTable(file: TreeFile, target: SourceTarget, context: ReadContext): Promise<ReadTable | null> {
  const work = join(target.work, randomUUID());
  await mkdir(work, { recursive: true });
  const path = join(work, `labels${extname(file.path)}`);
  await writeFile(path, await file.read());
  const rows = join(work, 'labels.parquet');
  try {
    const source = await chooseSource(path);
    const read = await source.read([{ path, name: file.path }], { ...target, rows, work }, context);
    const selected = read.columns.map((_, index) => `c${index}`).join(', ');
    const cells = await queryRows(`SELECT ${selected} FROM ${literal(rows)} ORDER BY _index`);
    return { columns: read.columns, rows: cells };
  } catch (error) {
    if (!(error instanceof CodedError) || error.code === 'data-out-of-memory') throw error;
    context.leaveOut({ file: file.path }, error);
    return null;
  }
}

/** The column whose values name pictures, by the first rows; null where none does for most. */
function findKey({ columns, rows }: ReadTable, names: PictureNames, file: TreeFile): number | null {
  const tried = rows.slice(0, TRIED);
  const hits = columns.map(
    (_, index) => tried.filter((row) => row[index] != null && names.find(String(row[index]), file.path)).length,
  );
  const most = Math.max(0, ...hits);
  return most > 0 && most >= tried.length * (1 - MOST_MISSES) ? hits.indexOf(most) : null;
}

interface Joining {
  readonly tree: Tree;
  readonly name: string;
  readonly file: TreeFile;
  readonly table: ReadTable;
  readonly key: number;
  readonly names: PictureNames;
}

async function joinPictures(
  { tree, name, file, table, key, names }: Joining,
  target: SourceTarget,
  context: ReadContext,
): Promise<ReadResult> {
  const named = table.rows.map((row) => (row[key] == null ? null : names.find(String(row[key]), file.path)));
  const wanted = new Set(named);
  leaveOutOthers(tree, file, wanted, context);
  const developed = await developPictures(
    [...wanted].filter((each) => each !== null),
    name,
    target,
    context,
  );
  const byPath = new Map(developed.pictures.map((picture) => [picture.path, picture]));
  const rows: GatheredRow[] = [];
  for (const [index, row] of table.rows.entries()) {
    const picture = byPath.get(named[index]?.path ?? '');
    if (picture) rows.push({ values: valuesOf(picture, row, key), part: partOf(picture.path) });
    else if (!named[index]) {
      const place = { file: file.path, row: index + 2 };
      context.leaveOut(place, new CodedError('picture-not-there', { ...place, picture: String(row[key] ?? '') }));
    }
  }
  const others = table.columns.filter((_, index) => index !== key);
  const columns: ReadColumn[] = [
    developed.column,
    ...withFreeNames(others),
    { name: 'file', type: 'text', image: null },
    { name: 'width', type: 'number', image: null },
    { name: 'height', type: 'number', image: null },
  ];
  return writeGathered(rows, columns, target, context);
}

function valuesOf({ place, path, width, height }: DevelopedPicture, row: readonly Cell[], key: number): Cell[] {
  return [place, ...row.filter((_, index) => index !== key), path, width, height];
}

/** Names that the picture's own columns have are the table's no more. */
function withFreeNames(columns: readonly ReadColumn[]): ReadColumn[] {
  const taken = new Set(['picture', 'file', 'width', 'height']);
  return columns.map((column) => {
    let { name } = column;
    while (taken.has(name.toLowerCase())) name = `${name} (table)`;
    taken.add(name.toLowerCase());
    return { ...column, name };
  });
}

function leaveOutOthers(tree: Tree, table: TreeFile, wanted: ReadonlySet<TreeFile | null>, context: ReadContext) {
  for (const file of tree.files) {
    if (file === table || wanted.has(file)) continue;
    const reason = isPicture(file.path)
      ? new CodedError('picture-not-named', { file: file.path, table: table.path })
      : new CodedError('file-of-other-kind', { file: file.path });
    context.leaveOut({ file: file.path }, reason);
  }
}
