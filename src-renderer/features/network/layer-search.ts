/** What the layer menu finds for what is typed: by name first, then by what it does, in both languages. */
import type { Text } from '../../../src-main/contract';

export interface Searchable {
  readonly id: string;
  readonly label: Text;
  readonly help: Text;
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s\-–]+/g, ' ')
    .trim();

/**
 * All words must occur, in the name or the help of either language.
 * @returns those whose name begins with what is typed, then those whose name has it, then the others, else in their order;
 * all in their order where nothing is typed.
 */
export function searchLayers<Item extends Searchable>(items: readonly Item[], query: string): readonly Item[] {
  const wanted = plain(query);
  if (wanted === '') return items;
  const words = wanted.split(' ');
  const ranked = items.flatMap((item) => {
    const names = [item.label.en, item.label.zh, item.id].map(plain);
    const all = [...names, plain(item.help.en), plain(item.help.zh)].join(' ');
    if (!words.every((word) => all.includes(word))) return [];
    const begins = names.some((name) => name.startsWith(wanted));
    const has = names.some((name) => words.every((word) => name.includes(word)));
    return [{ item, rank: begins ? 0 : has ? 1 : 2 }];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ item }) => item);
}
