/** Sounds beside a table that names them: each row of the table gets its sound, and the table's columns are the sound's facts. */
import { CodedError } from '../../contract';
import { PictureNames } from '../annotated-pictures';
import { takeSounds } from '../sounds/intake';
import { soundColumns, soundNotes } from '../sounds/rows';
import type { ReadContext, ReadResult, SourceTarget } from '../source';
import type { Tree, TreeFile } from '../tree';
import { areSounds, isSound, partOf } from '../tree-paths';
import { writeGathered, type GatheredRow } from '../tree-rows';
import type { TreeSource } from '../tree-source';
import { findKey, isLabelTable, readTable, withFreeNames, type ReadTable } from '../tree-table';

export const definition: TreeSource = {
  id: 'sound-table',
  label: { en: 'Sounds with a table of labels', zh: '带标签表的声音' },
  rank: 35,
  recognise: ({ files }) => areSounds(files.map(({ path }) => path)) && files.some(isLabelTable),
  async read(tree, name, target, context) {
    const names = new PictureNames(tree.files.filter(({ path }) => isSound(path)));
    for (const file of tree.files.filter(isLabelTable)) {
      const table = await readTable(file, target, context);
      const key = table && findKey(table, names, file);
      if (!table || key === null) continue;
      const named = table.rows.map((row) => (row[key] == null ? null : names.find(String(row[key]), file.path)));
      leaveOutOthers(tree, file, new Set(named), context);
      return joinSounds({ name, file, table, key, named }, target, context);
    }
    return null;
  },
};

interface Joining {
  readonly name: string;
  readonly file: TreeFile;
  readonly table: ReadTable;
  readonly key: number;
  /** The sound of each row; null where there is none of that name. */
  readonly named: readonly (TreeFile | null)[];
}

async function joinSounds(
  { name, file, table, key, named }: Joining,
  target: SourceTarget,
  context: ReadContext,
): Promise<ReadResult> {
  const wanted = [...new Set(named)].filter((each) => each !== null);
  const taken = await takeSounds(wanted, name, target, context);
  const byPath = new Map(taken.sounds.map((sound) => [sound.path, sound]));
  const others = table.columns.filter((_, index) => index !== key);
  const rows: GatheredRow[] = [];
  for (const [index, row] of table.rows.entries()) {
    const sound = byPath.get(named[index]?.path ?? '');
    const facts = row.filter((_, place) => place !== key);
    if (sound) rows.push({ values: [sound.place, ...facts, sound.path, sound.seconds], part: partOf(sound.path) });
    else if (!named[index]) {
      const place = { file: file.path, row: index + 2 };
      context.leaveOut(place, new CodedError('sound-not-there', { ...place, sound: String(row[key] ?? '') }));
    }
  }
  const columns = soundColumns(taken, withFreeNames(others, ['sound', 'file', 'seconds']));
  return { ...(await writeGathered(rows, columns, target, context)), notes: soundNotes(taken) };
}

function leaveOutOthers(tree: Tree, table: TreeFile, wanted: ReadonlySet<TreeFile | null>, context: ReadContext): void {
  for (const file of tree.files) {
    if (file === table || wanted.has(file)) continue;
    const { path } = file;
    const reason = isSound(path)
      ? new CodedError('sound-not-named', { file: path, table: table.path })
      : new CodedError('sound-other-file', { file: path });
    context.leaveOut({ file: path }, reason);
  }
}
