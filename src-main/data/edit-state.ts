/**
 * What edits over a version come to, row by row: which rows are left out, which edit gave a cell its value, which columns
 * go and come. Typed arrays of the version's length, so that an edit of 100,000 rows is applied in about a millisecond; in
 * shared memory, so that another thread reads them without a copy. What it reads may then be newer than its question.
 */
import {
  CodedError,
  isLabelList,
  type Column,
  type DatasetVersion,
  type Edit,
  type EditedRow,
  type EditHead,
  type JournaledEdit,
  type VersionChanges,
} from '../contract';
import { isMissingText, parseNumber } from './missing';

export type AddedColumn = Extract<EditHead, { kind: 'add-column' }>;

export interface EditState {
  readonly rowCount: number;
  /** The edits that were applied, in order. */
  readonly edits: JournaledEdit[];
  /** 1 for a row that is left out. */
  readonly excluded: Uint8Array;
  excludedCount: number;
  readonly cells: Map<string, EditedCells>;
  readonly dropped: Set<string>;
  readonly added: Map<string, AddedColumn>;
  /** Classes by column, where an edit put them in order. */
  readonly classes: Map<string, readonly string[]>;
}

/** A column's cells that edits set. */
export interface EditedCells {
  /** Per row: one more than the place in `values` of what the last edit set; 0 where none did. */
  readonly codes: Int32Array;
  /** Each value once, in the order in which edits first used it: a million cells of ten classes are ten strings. */
  readonly values: (string | null)[];
  /** Codes by value. */
  readonly codeOf: Map<string | null, number>;
  /** Cells that were set, in rows that stay. */
  count: number;
}

export function newEditState(rowCount: number): EditState {
  return {
    rowCount,
    edits: [],
    excluded: new Uint8Array(new SharedArrayBuffer(rowCount)),
    excludedCount: 0,
    cells: new Map(),
    dropped: new Set(),
    added: new Map(),
    classes: new Map(),
  };
}

/** Applies one more edit to a state. */
export function applyEdit(state: EditState, journaled: JournaledEdit): void {
  const { edit, rows } = journaled;
  state.edits.push(journaled);
  if (edit.kind === 'exclude') markRows(state, rows, 1);
  else if (edit.kind === 'restore') markRows(state, rows, 0);
  else if (edit.kind === 'set') setCells(state, edit.column, edit.value, rows);
  else if (edit.kind === 'add-column') state.added.set(edit.column, edit);
  else if (edit.kind === 'classes') state.classes.set(edit.column, edit.classes);
  else {
    state.cells.delete(edit.column);
    state.classes.delete(edit.column);
    if (!state.added.delete(edit.column)) state.dropped.add(edit.column);
  }
}

/** Counts are kept as rows come and go, so that none of a million rows is looked at but those that an edit names. */
function markRows(state: EditState, rows: Int32Array, mark: 0 | 1): void {
  const { excluded } = state;
  const change = mark === 1 ? 1 : -1;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    if (excluded[row] === mark) continue;
    excluded[row] = mark;
    state.excludedCount += change;
    for (const cells of state.cells.values()) if ((cells.codes[row] ?? 0) > 0) cells.count -= change;
  }
}

function newCells(rowCount: number): EditedCells {
  const codes = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * rowCount));
  return { codes, values: [], codeOf: new Map(), count: 0 };
}

function setCells(state: EditState, column: string, value: string | null, rows: Int32Array): void {
  const cells = state.cells.get(column) ?? newCells(state.rowCount);
  state.cells.set(column, cells);
  const code = cells.codeOf.get(value) ?? cells.values.push(value);
  cells.codeOf.set(value, code);
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    if (cells.codes[row] === 0 && state.excluded[row] === 0) cells.count += 1;
    cells.codes[row] = code;
  }
}

/** Puts an edit of the same cells in the place of the last one. */
export function replaceLast({ edits }: EditState, journaled: JournaledEdit): void {
  edits[edits.length - 1] = journaled;
}

/** Cells that are put back one by one; a step of more is quicker undone by applying all others again. */
const MOST_PUT_BACK = 16;

/**
 * Takes the last step back where it only set a few cells, as a label does: ten thousand labels before it are not applied again.
 * @returns whether it did; else nothing has changed
 */
export function takeBack(state: EditState): boolean {
  const { edits } = state;
  const step = edits[edits.length - 1]?.step;
  const first = edits.findLastIndex((edit) => edit.step !== step) + 1;
  const last = edits.slice(first);
  const cells = last.reduce((sum, { rows }) => sum + rows.length, 0);
  if (cells > MOST_PUT_BACK || !last.every(({ edit }) => edit.kind === 'set')) return false;
  edits.length = first;
  for (const { edit, rows } of last) if (edit.kind === 'set') for (const row of rows) putBack(state, edit.column, row);
  return true;
}

/** Gives a cell the code that it has by the edits that are left. */
function putBack(state: EditState, column: string, row: number): void {
  const cells = state.cells.get(column);
  if (!cells) return;
  let code = 0;
  for (let place = state.edits.length; place > 0 && code === 0; place -= 1) {
    const { edit, rows } = state.edits[place - 1] ?? {};
    if (edit?.kind === 'drop-column' && edit.column === column) break;
    if (edit?.kind === 'set' && edit.column === column && rows && has(rows, row))
      code = cells.codeOf.get(edit.value) ?? 0;
  }
  if (code === 0 && cells.codes[row] !== 0 && state.excluded[row] === 0) cells.count -= 1;
  cells.codes[row] = code;
}

/** @param rows ascending. */
function has(rows: Int32Array, row: number): boolean {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle] ?? 0) < row) from = middle + 1;
    else to = middle;
  }
  return rows[from] === row;
}

/** The value that an edit gave a cell, by its code. */
export function valueOf({ values }: EditedCells, code: number): string | null {
  return values[code - 1] ?? null;
}

/** Cells are counted in rows that stay. Whether a new value differs from the old one is not looked at. */
export function changesOf(state: EditState, columns: readonly Pick<Column, 'name'>[]): VersionChanges {
  const names = [...columns.map(({ name }) => name), ...state.added.keys()];
  const changed = names.flatMap((column) => {
    const cells = state.cells.get(column)?.count ?? 0;
    return cells > 0 ? [{ column, cells }] : [];
  });
  return {
    excluded: state.excludedCount,
    changed,
    dropped: names.filter((name) => state.dropped.has(name)),
    added: [...state.added.keys()],
  };
}

/** How a state shows on some rows; rows that it does not change are left out. */
export function editedRows(state: EditState, rows: readonly number[]): EditedRow[] {
  return rows.flatMap((index) => {
    const excluded = state.excluded[index] === 1;
    const values: EditedRow['values'] = {};
    for (const [column, cells] of state.cells) {
      const code = cells.codes[index] ?? 0;
      if (code > 0) values[column] = valueOf(cells, code);
    }
    return excluded || Object.keys(values).length > 0 ? [{ index, excluded, values }] : [];
  });
}

/** 1 for each row that an edit leaves out or gives a value. Cells of columns that were dropped since are none. */
export function editedMask({ excluded, edits, cells }: EditState): Uint8Array {
  const mask = Uint8Array.from(excluded);
  for (const { edit, rows } of edits) {
    const codes = edit.kind === 'set' ? cells.get(edit.column)?.codes : undefined;
    if (!codes) continue;
    for (let at = 0; at < rows.length; at += 1) if (codes[rows[at] ?? 0] !== 0) mask[rows[at] ?? 0] = 1;
  }
  return mask;
}

/** Rows of an edit as the journal keeps them: ascending, each once. */
export function journalRows(edit: Edit): Int32Array {
  if (!('rows' in edit)) return new Int32Array(0);
  const rows = new Int32Array(edit.rows);
  let isAscending = true;
  for (let place = 1; place < rows.length && isAscending; place += 1) {
    isAscending = (rows[place] ?? 0) > (rows[place - 1] ?? 0);
  }
  return isAscending ? rows : Int32Array.from(new Set(rows.sort()));
}

/**
 * An edit without its rows, its value as import would have read it: trimmed, null where it says that it is missing.
 * @throws CodedError `column-missing`, `edit-row-missing`, `edit-not-number`, `edit-not-labels`, `edit-picture`, `edit-sound`,
 * `edit-column-known`
 */
export function checkEdit(version: DatasetVersion, state: EditState, edit: Edit): EditHead {
  if ('rows' in edit) requireRows(version, edit.rows);
  if (edit.kind === 'exclude') return { kind: edit.kind, reason: edit.reason };
  if (edit.kind === 'restore') return { kind: edit.kind };
  const type = typeOf(version, state, edit.column);
  if (edit.kind === 'add-column') {
    if (type !== null || state.dropped.has(edit.column))
      throw new CodedError('edit-column-known', { column: edit.column });
    return edit;
  }
  if (type === null) {
    const known = version.columns.map(({ name }) => name).join(', ');
    throw new CodedError('column-missing', { column: edit.column, known });
  }
  if (edit.kind === 'drop-column') return edit;
  if (type === 'image') throw new CodedError('edit-picture', { column: edit.column });
  if (type === 'audio') throw new CodedError('edit-sound', { column: edit.column });
  if (edit.kind === 'classes') return edit;
  const value = edit.value === null || isMissingText(edit.value) ? null : edit.value.trim();
  if (type === 'number' && value !== null && parseNumber(value) === null) {
    throw new CodedError('edit-not-number', { column: edit.column, value: value.slice(0, 100) });
  }
  if (value !== null && !isLabelList(type, value)) {
    throw new CodedError('edit-not-labels', { column: edit.column, value: value.slice(0, 100) });
  }
  return { kind: edit.kind, column: edit.column, value };
}

/** @throws CodedError `edits-leave-nothing` */
export function requireRest(version: DatasetVersion, state: EditState): void {
  const { excluded, dropped, added } = changesOf(state, version.columns);
  const refuse = (what: string) => new CodedError('edits-leave-nothing', { dataset: version.datasetName, what });
  if (excluded >= version.rowCount) throw refuse(`${excluded} rows`);
  if (version.columns.length - dropped.length + added.length === 0) throw refuse(`${dropped.length} columns`);
}

function requireRows({ datasetName, rowCount }: DatasetVersion, rows: readonly number[]): void {
  for (const row of rows) {
    // People count rows from 1.
    if (row >= rowCount)
      throw new CodedError('edit-row-missing', { row: row + 1, dataset: datasetName, last: rowCount });
  }
}

/** Type under which a column's values are stored; null where there is none of the name any more. */
function typeOf(version: DatasetVersion, state: EditState, name: string): Column['type'] | null {
  const added = state.added.get(name);
  if (added) return added.type;
  if (state.dropped.has(name)) return null;
  return version.columns.find((column) => column.name === name)?.type ?? null;
}
