/** What a split reads of the data before rows are assigned: groups, an order, the data's own parts; and facts about them. */
import { dayOrderOf } from '../../catalog';
import { CodedError, type DatasetVersion, type Split, type SplitFacts } from '../../contract';
import { readCodes, readNamedParts, type CodedColumn } from '../columns';
import type { LibraryPaths } from '../paths';
import { LEFT_OUT, NO_PART, partName, partNames, TRAINING, VALIDATION } from '../part-codes';
import type { SplitRows } from '../split';
import { readGivenParts } from './given-parts';
import type { RowGroups } from './grouped';
import { orderOf } from './time';

type Divisions = Pick<SplitRows, 'given' | 'groups' | 'order'>;

export interface SplitReading extends Divisions {
  /** A value of the split's column as the data writes it; null where a row has none. Absent without a column. */
  readonly textOf?: ((row: number) => string | null) | undefined;
  /** The part codes that the files name. Absent where the split is not by them. */
  readonly named?: Uint8Array;
}

const none: Divisions = { given: null, groups: null, order: null };

/**
 * @param alike the first row of each row's set of duplicates, where the split keeps these together.
 * @throws CodedError `split-column-missing`, `split-column-unfit`, `split-given-missing`, `split-values-*`, `split-without-order`
 */
export async function readDivisions(
  library: LibraryPaths,
  version: DatasetVersion,
  split: Split,
  alike: Int32Array | null,
): Promise<SplitReading> {
  const column = 'column' in split ? (split.column ?? null) : null;
  const coded = column === null ? null : await readCodes(library, version, splitColumn(version, column));
  const textOf = coded ? (row: number) => coded.names[coded.codes[row] ?? -1] ?? null : undefined;
  if (split.kind === 'given') {
    if (coded) return { ...none, given: readGivenParts(column ?? '', coded, split.values ?? {}), textOf };
    if (!version.hasGivenSplit) throw new CodedError('split-given-missing');
    const named = await readNamedParts(library, version);
    const own = (part: number) => (part === VALIDATION && !split.ownValidation ? TRAINING : part);
    return { ...none, given: named.map(own), named };
  }
  if (split.kind === 'ordered') {
    const rowNumber = (row: number) => String(row + 1);
    if (!coded) return { ...none, textOf: rowNumber };
    return { ...none, order: { column, values: orderValues(column ?? '', coded) }, textOf };
  }
  const groups = coded ? groupsOf(column ?? '', coded) : null;
  return { ...none, groups: alike ? joinAlike(groups, alike) : groups, textOf };
}

function splitColumn(version: DatasetVersion, column: string): number {
  const index = version.columns.findIndex(({ name }) => name === column);
  const found = version.columns[index];
  if (!found) {
    throw new CodedError('split-column-missing', { column, known: version.columns.map(({ name }) => name).join(', ') });
  }
  if (found.image) throw new CodedError('split-column-unfit', { column });
  return index;
}

/** A row without a value is a group of its own. */
function groupsOf(column: string, { codes, names }: CodedColumn): RowGroups {
  const all = names.map((name) => `=${name}`);
  const own = Int32Array.from(codes, (code, row) => (code >= 0 ? code : all.push(`row ${row}`) - 1));
  return { column, codes: own, names: all };
}

/** Groups that have rows alike in common become one, named by the first of its names. */
function joinAlike(groups: RowGroups | null, alike: Int32Array): RowGroups {
  if (!groups) {
    const firsts = Int32Array.from(alike.keys()).filter((row) => alike[row] === row);
    const places = new Int32Array(alike.length);
    for (const [place, row] of firsts.entries()) places[row] = place;
    return {
      column: null,
      codes: alike.map((first) => places[first] ?? 0),
      names: Array.from(firsts, (row) => `row ${row}`),
    };
  }
  const parents = Int32Array.from(groups.names.keys());
  const rootOf = (group: number): number => {
    let at = group;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] ?? at] ?? at;
      at = parents[at] ?? at;
    }
    return at;
  };
  for (const [row, first] of alike.entries()) {
    const one = rootOf(groups.codes[row] ?? 0);
    const other = rootOf(groups.codes[first] ?? 0);
    if (one !== other) parents[Math.max(one, other)] = Math.min(one, other);
  }
  return { ...groups, codes: groups.codes.map((group) => rootOf(group)) };
}

function orderValues(column: string, { codes, names }: CodedColumn): Float64Array {
  const dayOrder = dayOrderOf(names);
  const values = names.map((text) => orderOf(text, dayOrder));
  if (values.every(Number.isNaN)) throw new CodedError('split-without-order', { column, value: names[0] ?? '' });
  return Float64Array.from(codes, (code) => values[code] ?? Number.NaN);
}

/** @param parts what came of the split. */
export function factsOf(split: Split, reading: SplitReading, parts: Uint8Array): SplitFacts {
  let leftOut = 0;
  let withoutValue = 0;
  const ordered = reading.order?.values ?? null;
  const mayLack = ordered !== null || reading.textOf !== undefined;
  // A plain loop: an iterator over millions of rows takes longer than reading them from disk.
  for (let row = 0; row < parts.length; row += 1) {
    const part = parts[row];
    if (part === NO_PART) continue;
    if (part === LEFT_OUT) leftOut += 1;
    if (!mayLack) continue;
    const isWithout = ordered ? Number.isNaN(ordered[row]) : reading.textOf?.(row) === null;
    if (isWithout) withoutValue += 1;
  }
  const groups = reading.groups ? countGroups(reading.groups.codes, parts) : null;
  const ranges = split.kind === 'ordered' ? rangesOf(reading, parts) : null;
  const given = reading.named ? countNamed(reading.named, parts) : null;
  return { groups, ranges, given, withoutValue, leftOut };
}

/** @param parts what came of the split: rows in no part have no target. */
function countNamed(named: Uint8Array, parts: Uint8Array): SplitFacts['given'] {
  const counts = new Float64Array(partNames.length);
  for (let row = 0; row < parts.length; row += 1) {
    const part = named[row] ?? TRAINING;
    if (parts[row] !== NO_PART) counts[part] = (counts[part] ?? 0) + 1;
  }
  const [training = 0, validation = 0, test = 0] = counts;
  return { training, validation, test };
}

function countGroups(codes: Int32Array, parts: Uint8Array): SplitFacts['groups'] {
  const seen = { training: new Set<number>(), validation: new Set<number>(), test: new Set<number>() };
  for (const [row, group] of codes.entries()) {
    const part = partName(parts[row]);
    if (part) seen[part].add(group);
  }
  return { training: seen.training.size, validation: seen.validation.size, test: seen.test.size };
}

function rangesOf({ order, textOf }: SplitReading, parts: Uint8Array): SplitFacts['ranges'] {
  const ends = partNames.map((_, part) => {
    let first = -1;
    let last = -1;
    const valueAt = (row: number) => (order ? (order.values[row] ?? Number.NaN) : row);
    for (const [row, code] of parts.entries()) {
      if (code !== part || Number.isNaN(valueAt(row))) continue;
      if (first < 0 || valueAt(row) < valueAt(first)) first = row;
      if (last < 0 || valueAt(row) > valueAt(last)) last = row;
    }
    return first < 0 ? null : { from: textOf?.(first) ?? '', to: textOf?.(last) ?? '' };
  });
  return { training: ends[0] ?? null, validation: ends[1] ?? null, test: ends[2] ?? null };
}
