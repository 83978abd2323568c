/** Sounds in folders: the folder is the class, or the first part of the name is; folders that name a part of the split are the split. */
import { CodedError } from '../../contract';
import type { CellValue } from '../as-csv';
import { takeSounds } from '../sounds/intake';
import { readNameParts } from '../sounds/name-parts';
import { soundColumns, soundNotes } from '../sounds/rows';
import type { ReadColumn } from '../source';
import { areSounds, classOf, isSound, partOf } from '../tree-paths';
import { writeGathered, type GatheredRow } from '../tree-rows';
import type { TreeSource } from '../tree-source';

export const definition: TreeSource = {
  id: 'sound-folders',
  label: { en: 'Sounds in folders', zh: '按文件夹分类的声音' },
  rank: 75,
  recognise: ({ files }) => areSounds(files.map(({ path }) => path)),
  async read(tree, name, target, context) {
    for (const { path } of tree.files) {
      if (!isSound(path)) context.leaveOut({ file: path }, new CodedError('sound-other-file', { file: path }));
    }
    const taken = await takeSounds(
      tree.files.filter(({ path }) => isSound(path)),
      name,
      target,
      context,
    );
    const facts = factsOf(taken.sounds.map(({ path }) => path));
    const rows = taken.sounds.map(({ place, path, seconds }, row): GatheredRow => {
      const values = [place, ...facts.map(({ values }) => values[row]), path, seconds];
      return { values, part: partOf(path) };
    });
    const columns = soundColumns(
      taken,
      facts.map(({ column }) => column),
    );
    return { ...(await writeGathered(rows, columns, target, context)), notes: soundNotes(taken) };
  },
};

/** What paths say of the sounds: the class by their folders where there are several, else by their names. */
function factsOf(paths: readonly string[]): { column: ReadColumn; values: readonly CellValue[] }[] {
  const category = (name: string): ReadColumn => ({ name, type: 'category', image: null });
  const folders = paths.map(classOf);
  const byName = new Set(folders).size > 1 ? null : readNameParts(paths);
  if (!byName && folders.every((folder) => folder === null)) return [];
  if (!byName) return [{ column: category('label'), values: folders }];
  const others = byName.others.map(({ number, values }) => ({ column: category(`name part ${number}`), values }));
  return [{ column: category('label'), values: byName.labels }, ...others];
}
