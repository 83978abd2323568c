/** Pictures beside a table that names them: each row of the table gets its picture, and the table's columns are the picture's facts. */
import { CodedError } from '../../contract';
import { PictureNames } from '../annotated-pictures';
import type { Cell } from '../duckdb';
import { developPictures, fileColumns, type DevelopedPicture } from '../picture-rows';
import type { ReadColumn, ReadContext, ReadResult, SourceTarget } from '../source';
import type { Tree, TreeFile } from '../tree';
import { isPicture, partOf } from '../tree-paths';
import type { TreeSource } from '../tree-source';
import { writeGathered, type GatheredRow } from '../tree-rows';
import { findKey, isLabelTable, readTable, withFreeNames, type ReadTable } from '../tree-table';

export const definition: TreeSource = {
  id: 'picture-table',
  label: { en: 'Pictures with a table of labels', zh: '带标签表的图片' },
  rank: 40,
  recognise: ({ files }) => files.some(({ path }) => isPicture(path)) && files.some(isLabelTable),
  async read(tree, name, target, context) {
    const pictures = tree.files.filter(({ path }) => isPicture(path));
    const names = new PictureNames(pictures);
    for (const file of tree.files.filter(isLabelTable)) {
      const table = await readTable(file, target, context);
      const key = table && findKey(table, names, file);
      if (table && key !== null) return joinPictures({ tree, name, file, table, key, names }, target, context);
    }
    return null;
  },
};

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
    ...withFreeNames(
      others,
      [developed.column, ...fileColumns].map(({ name }) => name),
    ),
    ...fileColumns,
  ];
  return writeGathered(rows, columns, target, context);
}

function valuesOf({ place, path, width, height }: DevelopedPicture, row: readonly Cell[], key: number): Cell[] {
  return [place, ...row.filter((_, index) => index !== key), path, width, height];
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
