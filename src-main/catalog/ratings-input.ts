/**
 * What a task over ratings learns from: who rated which item, and what is known of both, each as a code of one common list,
 * so that one table of learnt rows serves them all (Rendle 2010, "Factorization machines").
 */
import type { ChosenSteps, Column, ColumnType, Step } from '../contract';

const USER = /^(user|customer|reader|viewer|listener|guest|用户|读者|顾客|观众)[ _]?(id|编号)?$/i;
const ITEM =
  /^(item|movie|film|book|product|song|track|artist|business|game|anime|joke|dish|物品|商品|电影|书|歌曲|菜)[ _]?(id|编号)?$/i;

/** Numbers of at most so many different values, such as an age or a year, are codes; of more, such as a time, they are left out. */
const MOST_VALUES = 100;

const codes: readonly Step[] = [{ type: 'category-index', fields: {} }];
/** Titles and lists of genres: the words in their order, as many as most have. */
const words: readonly Step[] = [
  { type: 'tokens', fields: { vocabulary: 2000, output: 'sequence', length: 0, punctuation: false } },
];

type Named = Pick<Column, 'name'>;

export function userColumn<Some extends Named>(columns: readonly Some[]): Some | undefined {
  return columns.find(({ name }) => USER.test(name));
}

export function itemColumn<Some extends Named>(columns: readonly Some[]): Some | undefined {
  return columns.find(({ name }) => ITEM.test(name));
}

/** The user first, then the item, then what is known of them: networks take the first two for themselves. */
export function ratingOrder<Some extends Named>(columns: readonly Some[]): Some[] {
  const [user, item] = [userColumn(columns), itemColumn(columns)];
  const first = [user, item].filter((column) => column !== undefined);
  return [...first, ...columns.filter((column) => column !== user && column !== item)];
}

/** Types and steps by which every column that says something of a user or an item becomes codes. */
export function ratingChoices(
  columns: readonly Column[],
  target: string,
): { readonly types: Readonly<Record<string, ColumnType>>; readonly steps: ChosenSteps } {
  const identities = [userColumn(columns)?.name, itemColumn(columns)?.name];
  const others = columns.filter(({ name }) => name !== target);
  const types = others.flatMap(({ name, type, distinct }): [string, ColumnType][] => {
    if (identities.includes(name)) return type === 'category' ? [] : [[name, 'category']];
    if (type !== 'number') return [];
    return [[name, distinct <= MOST_VALUES ? 'category' : 'ignored']];
  });
  const corrected = new Map(types);
  const steps = others.flatMap(({ name, type }): [string, Step[]][] => {
    const own = corrected.get(name) ?? type;
    if (own === 'category') return [[name, [...codes]]];
    return own === 'text' ? [[name, [...words]]] : [];
  });
  return { types: Object.fromEntries(types), steps: Object.fromEntries(steps) };
}
