/** A column of labels as it stands: the version's cells, and over them the edits that are pending. */
import { CodedError, type ColumnType, type DatasetVersion, type JournaledEdit } from '../../contract';
import { readCodes, type CodedColumn } from '../columns';
import { applyEdit, newEditState, valueOf, type EditState } from '../edit-state';
import type { LibraryPaths } from '../paths';

export interface StandingColumn extends CodedColumn {
  readonly type: ColumnType;
  /** Spans: the column of the texts that they lie in. */
  readonly of: string | undefined;
  /** 1 for a row that edits leave out. */
  readonly excluded: Uint8Array;
  /** 1 for a row that has a label by an edit and had none in the version: no run can have learnt it. */
  readonly fresh: Uint8Array;
  /** Cells of it that edits set, as the window counts them. */
  readonly editedCells: number;
  /** Columns that edits drop. */
  readonly dropped: ReadonlySet<string>;
}

/** @throws CodedError `column-missing` where neither the version nor an edit has the column */
export async function readStanding(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  edits: readonly JournaledEdit[],
): Promise<StandingColumn> {
  const state = newEditState(version.rowCount);
  for (const edit of edits) applyEdit(state, edit);
  const index = state.dropped.has(column) ? -1 : version.columns.findIndex(({ name }) => name === column);
  const known = state.added.get(column) ?? version.columns[index];
  const type = known?.type;
  if (!type) {
    const names = [...version.columns.map(({ name }) => name), ...state.added.keys()].join(', ');
    throw new CodedError('column-missing', { column, known: names });
  }
  const found =
    index < 0
      ? { codes: new Int32Array(version.rowCount).fill(-1), names: [] }
      : await readCodes(library, version, index);
  const { codes, names, fresh } = withEdits(found, state, column);
  const { excluded, dropped } = state;
  return {
    type,
    of: known.of,
    codes,
    names,
    fresh,
    excluded,
    dropped,
    editedCells: state.cells.get(column)?.count ?? 0,
  };
}

function withEdits(found: CodedColumn, state: EditState, column: string) {
  const codes = Int32Array.from(found.codes);
  const names = [...found.names];
  const fresh = new Uint8Array(codes.length);
  const places = new Map(names.map((name, place) => [name, place]));
  const cells = state.cells.get(column);
  for (const [row, code] of cells?.codes.entries() ?? []) {
    if (!cells || code === 0) continue;
    const value = valueOf(cells, code);
    if (value !== null && codes[row] === -1) fresh[row] = 1;
    codes[row] = value === null ? -1 : placeOf(value, names, places);
  }
  return { codes, names, fresh };
}

function placeOf(value: string, names: string[], places: Map<string, number>): number {
  const known = places.get(value);
  if (known !== undefined) return known;
  places.set(value, names.length);
  return names.push(value) - 1;
}

/** Its cells as texts, row by row; null where empty, or where edits leave the row out. */
export function standingTexts({ codes, names, excluded }: StandingColumn): (string | null)[] {
  return Array.from(codes, (code, row) => (excluded[row] === 1 ? null : (names[code] ?? null)));
}
