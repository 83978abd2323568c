/** Which sets of like rows a split parts, with examples; and the rows that may stay where they are left out instead. */
import { examplesShown, type DatasetVersion, type Leakage, type Likeness } from '../../contract';
import { readColumns, type SetupChoices } from '../columns';
import type { LibraryPaths } from '../paths';
import { isInPart, LEFT_OUT, partName, TEST, TRAINING, VALIDATION } from '../part-codes';
import { comparedColumns, findDuplicates, isQuickSearch, mostTexts, readDuplicates, unwatched } from './find';

/** Rows shown of a set. */
const ROWS_SHOWN = 8;

/** Bit per part that rows of each set lie in, by the set's first row. */
function partsOfSets(firsts: Int32Array, parts: Uint8Array): Uint8Array {
  const found = new Uint8Array(firsts.length);
  for (const [row, first] of firsts.entries()) {
    const code = parts[row] ?? LEFT_OUT;
    if (isInPart(code)) found[first] = (found[first] ?? 0) | (1 << code);
  }
  return found;
}

/** Parts that come after one, as bits: what the rows of a part must not be like. */
const laterParts = { [TRAINING]: (1 << VALIDATION) | (1 << TEST), [VALIDATION]: 1 << TEST } as const;

/**
 * Takes rows out of training that have a like in validation or test, and out of validation where the test has one; the
 * test stays whole. Changes `parts`.
 */
export function leaveOutAlike(parts: Uint8Array, firsts: Int32Array): void {
  const found = partsOfSets(firsts, parts);
  for (const [row, first] of firsts.entries()) {
    const code = parts[row];
    if (code !== TRAINING && code !== VALIDATION) continue;
    if ((found[first] ?? 0) & laterParts[code]) parts[row] = LEFT_OUT;
  }
}

interface Crossing {
  readonly counts: Leakage['exact'];
  /** First rows of the sets that cross, ascending. */
  readonly sets: number[];
}

/** @param known rows of sets that cross already by another likeness, which are not counted again. */
function crossingOf(firsts: Int32Array, parts: Uint8Array, known: Uint8Array): Crossing {
  const found = partsOfSets(firsts, parts);
  const counts = { sets: 0, training: 0, validation: 0, test: 0 };
  const sets = new Set<number>();
  const others = { [TRAINING]: 0b110, [VALIDATION]: 0b001, [TEST]: 0b011 } as const;
  for (const [row, first] of firsts.entries()) {
    const code = parts[row];
    if (code !== TRAINING && code !== VALIDATION && code !== TEST) continue;
    const present = found[first] ?? 0;
    if ((present & (present - 1)) === 0 || known[row] === 1) continue;
    sets.add(first);
    if (present & others[code]) counts[partName(code) ?? 'training'] += 1;
  }
  counts.sets = sets.size;
  return { counts, sets: [...sets].sort((one, other) => one - other) };
}

/**
 * @returns null where duplicates of the setup's inputs have not been looked for, and that takes a job.
 * @throws CodedError as `findDuplicates`
 */
export async function readLeakage(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: SetupChoices,
  parts: Uint8Array,
): Promise<Leakage | null> {
  const columns = comparedColumns(version, setup);
  const duplicates = isQuickSearch(version, columns)
    ? await findDuplicates(library, version, columns, unwatched)
    : await readDuplicates(library, version, columns);
  if (!duplicates) return null;
  const exact = crossingOf(duplicates.exact, parts, new Uint8Array(parts.length));
  const crossed = partsOfSets(duplicates.exact, parts);
  const known = Uint8Array.from(duplicates.exact, (first) => {
    const present = crossed[first] ?? 0;
    return (present & (present - 1)) === 0 ? 0 : 1;
  });
  const near = crossingOf(duplicates.near, parts, known);
  const chosen = [
    ...chooseSets('exact', exact, duplicates.exact, parts),
    ...chooseSets('near', near, duplicates.near, parts),
  ];
  const hasText = version.columns.some(({ name, type }) => type === 'text' && columns.includes(name));
  return {
    columns,
    sets: { exact: countSets(duplicates.exact), near: countSets(duplicates.near) },
    exact: exact.counts,
    near: near.counts,
    textsCompared: !hasText || version.rowCount <= mostTexts,
    examples: await withValues(library, version, chosen, parts),
  };
}

function countSets(firsts: Int32Array): number {
  const several = new Uint8Array(firsts.length);
  for (const [row, first] of firsts.entries()) if (first !== row) several[first] = 1;
  return several.reduce((sum, one) => sum + one, 0);
}

interface ChosenSet {
  readonly alike: Likeness;
  readonly rows: readonly number[];
  readonly size: number;
}

/** Some sets that cross, with a row of each part first and then more in their order. */
function chooseSets(alike: Likeness, { sets }: Crossing, firsts: Int32Array, parts: Uint8Array): ChosenSet[] {
  const members = new Map<number, number[]>(sets.slice(0, examplesShown).map((first) => [first, []]));
  for (const [row, first] of firsts.entries()) if (isInPart(parts[row])) members.get(first)?.push(row);
  return [...members.values()].map((rows) => {
    const one = [TRAINING, VALIDATION, TEST].flatMap((part) => rows.find((row) => parts[row] === part) ?? []);
    const shown = [...one, ...rows.filter((row) => !one.includes(row))].slice(0, ROWS_SHOWN);
    return { alike, rows: shown.sort((a, b) => (parts[a] ?? 0) - (parts[b] ?? 0) || a - b), size: rows.length };
  });
}

async function withValues(
  library: LibraryPaths,
  version: DatasetVersion,
  sets: readonly ChosenSet[],
  parts: Uint8Array,
): Promise<Leakage['examples']> {
  const wanted = [...new Set(sets.flatMap(({ rows }) => rows))];
  if (wanted.length === 0) return [];
  const places = [...version.columns.keys()];
  const where = `WHERE _index IN (${wanted.join(', ')})`;
  const [indices = [], ...columns] = await readColumns(library, version.id, ['_index', ...places], where);
  const placeOf = new Map(indices.map((index, place) => [Number(index), place]));
  return sets.map(({ alike, rows, size }) => ({
    alike,
    size,
    rows: rows.map((index) => ({
      index,
      part: partName(parts[index]) ?? 'training',
      values: columns.map((cells) => cells[placeOf.get(index) ?? -1] ?? null),
    })),
  }));
}
