/**
 * A column as it is labelled: the version's cells under the edits over them. The edits come from main as typed arrays of the
 * version's length in shared memory, so that main pays the same for the first label and the hundred-thousandth; all that
 * reads the file runs in the data thread.
 */
import {
  CodedError,
  labelsIn,
  renamedIn,
  type Column,
  type DatasetVersion,
  type Edit,
  type LabelCounts,
} from '../contract';
import { readCodes } from './columns';
import { queryNumbers } from './duckdb';
import type { EditState } from './edit-state';
import { rowsFile, type LibraryPaths } from './paths';
import { identifier, literal } from './sql';

/** The edits of one column. */
export interface LabelOverlay {
  readonly column: string;
  readonly type: Column['type'];
  /** The classes that were put in order. */
  readonly classes: readonly string[];
  /** 1 for a row that is left out; null where none is. */
  readonly excluded: Uint8Array | null;
  /** Per row: 0 where no edit set the cell, else one more than the place of its value; null where none did. */
  readonly places: Int32Array | null;
  readonly values: readonly (string | null)[];
}

/** Values that may be classes, where a column's type does not say that it has some. */
const MOST_CLASSES = 1000;
/** Different cells that one step may set. */
const MOST_EDITS = 20_000;
const inOrder = new Intl.Collator('en', { numeric: true });

/** @throws CodedError `column-missing`, `label-column-unfit` */
export function overlayOf(version: DatasetVersion, state: EditState, name: string): LabelOverlay {
  const added = state.added.get(name);
  const column = added ?? (state.dropped.has(name) ? undefined : version.columns.find((each) => each.name === name));
  if (!column) {
    throw new CodedError('column-missing', {
      column: name,
      known: version.columns.map((each) => each.name).join(', '),
    });
  }
  if (column.type === 'image' || column.type === 'audio') throw new CodedError('label-column-unfit', { column: name });
  const kept = 'classes' in column ? column.classes : undefined;
  const cells = state.cells.get(name);
  return {
    column: name,
    type: column.type,
    classes: state.classes.get(name) ?? kept ?? [],
    excluded: state.excludedCount > 0 ? state.excluded : null,
    places: cells?.codes ?? null,
    values: cells?.values ?? [],
  };
}

/** Indices of the rows that stay, or of those among them whose cell is empty. */
export async function readLabelRows(
  library: LibraryPaths,
  version: DatasetVersion,
  { column, excluded, places, values }: LabelOverlay,
  which: 'all' | 'unlabelled',
): Promise<Int32Array<ArrayBuffer>> {
  const index = version.columns.findIndex(({ name }) => name === column);
  const isWanted = which === 'unlabelled' && index >= 0;
  const filled = isWanted ? await readFilled(library, version, index) : null;
  const rows = new Int32Array(version.rowCount);
  let count = 0;
  for (let row = 0; row < version.rowCount; row += 1) {
    if (excluded?.[row] === 1) continue;
    const place = places?.[row] ?? 0;
    const isFilled = place > 0 ? values[place - 1] !== null : (filled?.[row] ?? 0) === 1;
    if (which === 'unlabelled' && isFilled) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.slice(0, count);
}

function readFilled(library: LibraryPaths, version: DatasetVersion, index: number): Promise<Float64Array> {
  const table = literal(rowsFile(library, version.id));
  return queryNumbers(`SELECT (${identifier(`c${index}`)} IS NOT NULL)::INTEGER FROM ${table}`);
}

/** Rows with each class; where the values are too many to be classes, only how many cells are filled. */
export async function countLabels(
  library: LibraryPaths,
  version: DatasetVersion,
  overlay: LabelOverlay,
): Promise<LabelCounts> {
  if (!mayHaveClasses(version, overlay)) {
    const [all, empty] = [
      await readLabelRows(library, version, overlay, 'all'),
      await readLabelRows(library, version, overlay, 'unlabelled'),
    ];
    return { rows: all.length, labelled: all.length - empty.length, classes: [], hasClasses: false };
  }
  const { names, counts, rows } = await countValues(library, version, overlay);
  const found = new Map<string, number>();
  let labelled = 0;
  for (const [place, name] of names.entries()) {
    const times = counts[place] ?? 0;
    labelled += times;
    if (times === 0) continue;
    for (const label of new Set(labelsIn(overlay.type, name))) found.set(label, (found.get(label) ?? 0) + times);
  }
  const isListed = found.size <= MOST_CLASSES;
  const classes = isListed ? orderClasses(overlay, found) : [];
  return { rows, labelled, classes, hasClasses: isListed };
}

/** Those put in order, then the others by name with numbers as numbers, as their keys are to stay. */
function orderClasses({ classes }: LabelOverlay, found: ReadonlyMap<string, number>): LabelCounts['classes'] {
  const rest = [...found.keys()].filter((label) => !classes.includes(label)).sort(inOrder.compare);
  return [...classes, ...rest].map((label) => ({ label, rows: found.get(label) ?? 0 }));
}

function mayHaveClasses({ columns }: DatasetVersion, { column, type }: LabelOverlay): boolean {
  if (type === 'category' || type === 'labels' || type === 'boxes' || type === 'spans') return true;
  return (columns.find(({ name }) => name === column)?.distinct ?? MOST_CLASSES + 1) <= MOST_CLASSES;
}

/** How many rows that stay have each value, base's values first. */
async function countValues(library: LibraryPaths, version: DatasetVersion, overlay: LabelOverlay) {
  const { names, placeOf } = await readPlaces(library, version, overlay);
  const counts = new Int32Array(names.length);
  let rows = 0;
  for (let row = 0; row < version.rowCount; row += 1) {
    if (overlay.excluded?.[row] === 1) continue;
    rows += 1;
    const place = placeOf(row);
    if (place >= 0) counts[place] = (counts[place] ?? 0) + 1;
  }
  return { names, counts, rows };
}

/** The place among `names` of a row's value with its edits; -1 where the cell is empty. */
async function readPlaces(
  library: LibraryPaths,
  version: DatasetVersion,
  { column, places, values }: LabelOverlay,
): Promise<{ names: string[]; placeOf: (row: number) => number }> {
  const index = version.columns.findIndex(({ name }) => name === column);
  const base = index < 0 ? { codes: null, names: [] } : await readCodes(library, version, index);
  const names = [...base.names];
  const known = new Map(names.map((name, place) => [name, place]));
  const edited = values.map((value) => {
    if (value === null) return -1;
    const place = known.get(value) ?? names.push(value) - 1;
    known.set(value, place);
    return place;
  });
  const placeOf = (row: number) => {
    const place = places?.[row] ?? 0;
    return place > 0 ? (edited[place - 1] ?? -1) : (base.codes?.[row] ?? -1);
  };
  return { names, placeOf };
}

/**
 * The edits by which classes get another name in every cell of the rows that stay, and in the list of classes.
 * @throws CodedError `label-class-unknown`, `label-edits-many`
 */
export async function renameEdits(
  library: LibraryPaths,
  version: DatasetVersion,
  overlay: LabelOverlay,
  from: readonly string[],
  to: string,
): Promise<Edit[]> {
  const { column, type, classes } = overlay;
  const renamed = new Set(from);
  const { names, placeOf } = await readPlaces(library, version, overlay);
  const values = names.map((name) => {
    return labelsIn(type, name).some((label) => renamed.has(label)) ? renamedIn(type, name, renamed, to) : null;
  });
  const rows = new Map<string, number[]>();
  for (let row = 0; row < version.rowCount; row += 1) {
    const value = overlay.excluded?.[row] === 1 ? null : (values[placeOf(row)] ?? null);
    if (value === null) continue;
    const same = rows.get(value);
    if (same) same.push(row);
    else rows.set(value, [row]);
  }
  if (rows.size === 0 && !from.some((label) => classes.includes(label))) {
    throw new CodedError('label-class-unknown', { column, label: from.join(', ') });
  }
  if (rows.size > MOST_EDITS) throw new CodedError('label-edits-many', { column, count: rows.size, most: MOST_EDITS });
  const listed = [...new Set(classes.map((label) => (renamed.has(label) ? to : label)))];
  return [
    ...[...rows].map(([value, same]): Edit => ({ kind: 'set', column, rows: same, value })),
    ...(classes.length > 0 ? [{ kind: 'classes', column, classes: listed } as const] : []),
  ];
}
