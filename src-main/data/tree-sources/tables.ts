/** A folder or zip that holds one table: as if the table alone had been chosen. Which of several is meant is for people to say. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, type TableFound } from '../../contract';
import { measureCsv } from '../csv/measure';
import { refuseReading } from '../reading-choices';
import { chooseSource, type SourceContext } from '../source';
import { tableNote, takeTable } from '../table-choice';
import { fileName, isPicture, isSound, isTable } from '../tree-paths';
import type { TreeFile } from '../tree';
import type { TreeSource } from '../tree-source';

/** Names that an error tells at most. */
const MOST_NAMES = 10;
/** Tables whose rows are counted, and the bytes of one at most. */
const MOST_COUNTED = 20;
const MOST_BYTES = 32 << 20;

/** Texts that are about data. */
const ABOUT = /^(read.?me|licen[cs]e|copying|notice|citation|changes|changelog)\b/i;

function isData(path: string): boolean {
  const isText = /\.(txt|md)$/i.test(path) && !ABOUT.test(fileName(path));
  return isText || isPicture(path) || isSound(path);
}

export const definition: TreeSource = {
  id: 'tables',
  label: { en: 'A table in a folder', zh: '文件夹中的表格' },
  rank: 78,
  recognise: ({ files }) =>
    files.some(({ path }) => isTable(path)) && files.every(({ path }) => isTable(path) || !isData(path)),
  async tables({ files }, context) {
    const tables = files.filter(({ path }) => isTable(path));
    if (tables.length < 2) return [];
    const found: TableFound[] = [];
    for (const [place, table] of tables.entries()) {
      found.push(place < MOST_COUNTED ? await measure(table, context) : unmeasured(table));
    }
    return found.sort((one, other) => (other.rows ?? 0) - (one.rows ?? 0));
  },
  async read({ files }, name, target, context) {
    const tables = files.filter(({ path }) => isTable(path));
    if (tables.length === 0) return null;
    const table = takeTable({ name }, tables, ({ path }) => path, context);
    if (tables.length > 1 && context.reading?.table === undefined) {
      const names = tables.slice(0, MOST_NAMES).map(({ path }) => path);
      throw new CodedError('tree-several-tables', {
        file: name,
        count: tables.length,
        names: names.join(', ') + (tables.length > MOST_NAMES ? ' …' : ''),
      });
    }
    const path = join(target.work, `table-${fileName(table.path)}`);
    await writeFile(path, await table.read());
    const source = await chooseSource(path);
    // An archive in an archive, whatever it is called.
    if (source.id === 'tree') return null;
    for (const file of files) {
      if (file !== table)
        context.leaveOut({ file: file.path }, new CodedError('file-of-other-kind', { file: file.path }));
    }
    // Which table has been said; the rest is said of the table as if it alone had been chosen.
    const reading = { ...context.reading, table: undefined };
    refuseReading(source, fileName(table.path), reading);
    const read = await source.read([{ path, name: fileName(table.path) }], target, { ...context, reading });
    const inside = { code: 'table-inside', parameters: { kind: source.id } };
    const chosen =
      tables.length === 1 ? [] : [tableNote('table-chosen', { table: table.path }, tables.length, context)];
    return { ...read, notes: [inside, ...chosen, ...read.notes] };
  },
};

function unmeasured({ path }: TreeFile): TableFound {
  return { name: path, rows: null, columns: null };
}

/** Of tables written as text; what is wrong with a file is for its import to tell. */
async function measure(table: TreeFile, { signal }: SourceContext): Promise<TableFound> {
  signal.throwIfAborted();
  if (!/\.(csv|tsv)$/i.test(table.path)) return unmeasured(table);
  const bytes = await table.read().catch(() => null);
  if (!bytes || bytes.length > MOST_BYTES) return unmeasured(table);
  return { name: table.path, ...measureCsv(bytes) };
}
