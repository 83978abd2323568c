/** A version's labels with the edits over it → what forms of export write. */
import { boxSchema, CodedError, type Box, type Column, type DatasetVersion, type ExportedColumn } from '../contract';
import { readColumns } from './columns';
import { valueOf, type EditState } from './edit-state';
import { parseNumber } from './missing';
import type { LabelData, LabelFormat, LabelledColumn, LabelledPicture } from './label-format';
import type { LibraryPaths } from './paths';
import { safePath, TakenNames } from './safe-names';

const boxesSchema = boxSchema.array();
/** Columns that hold labels whatever they are called. */
const LABEL_TYPES: readonly Column['type'][] = ['labels', 'boxes', 'spans'];
const MEDIA: readonly Column['type'][] = ['image', 'audio'];

type NamedColumn = Pick<Column, 'name' | 'type' | 'of'>;

/**
 * The columns that can be exported, those that edits added among them.
 * @param target what is to be learned, where that is chosen.
 */
export function exportedColumns(version: DatasetVersion, state: EditState, target: string | null): ExportedColumn[] {
  return columnsWithEdits(version, state)
    .filter(({ type }) => !MEDIA.includes(type))
    .map(({ name, type }) => {
      const isFilled = state.cells.has(name) && type !== 'date' && type !== 'ignored';
      return { name, type, isLabel: LABEL_TYPES.includes(type) || name === target || isFilled };
    });
}

function columnsWithEdits({ columns }: DatasetVersion, state: EditState): NamedColumn[] {
  const added = [...state.added.values()].map(({ column: name, type, of }) => ({
    name,
    type,
    ...(of === undefined ? {} : { of }),
  }));
  return [...columns.filter(({ name }) => !state.dropped.has(name)), ...added];
}

/** Whether a form can hold any of the columns; those of boxes need pictures too. */
export function formatFits(
  { isOfBoxes }: Pick<LabelFormat, 'isOfBoxes'>,
  version: DatasetVersion,
  columns: readonly ExportedColumn[],
): boolean {
  if (!isOfBoxes) return columns.length > 0;
  return columns.some(({ type }) => type === 'boxes') && version.columns.some(({ image }) => image !== null);
}

export interface LabelRequest {
  readonly library: LibraryPaths;
  readonly version: DatasetVersion;
  readonly state: EditState;
  readonly format: LabelFormat;
  /** Names of columns; empty for those that are labels at first sight. */
  readonly columns: readonly string[];
  readonly target: string | null;
  readonly hasPictures: boolean;
}

/** @throws CodedError `column-missing`, `export-no-boxes`, `export-no-labels` */
export async function gatherLabels(request: LabelRequest): Promise<LabelData> {
  const { version, state, format, hasPictures } = request;
  const chosen = chooseColumns(request);
  const reader = new CellReader(request);
  const columns = await Promise.all(chosen.map((column) => reader.column(column)));
  const all = columnsWithEdits(version, state);
  const under = all.filter(({ name }) => columns.some(({ of }) => of === name));
  const texts = new Map(
    await Promise.all(under.map(async (column) => [column.name, await reader.column(column)] as const)),
  );
  const hasMedia = version.columns.some(({ type }) => MEDIA.includes(type));
  const files = hasMedia ? await reader.named('file') : null;
  const rows = Array.from({ length: version.rowCount }, (_, row) => row).filter((row) => state.excluded[row] !== 1);
  const sizes = await pictureSizes(reader, version, rows);
  const [boxes] = format.isOfBoxes ? columns : [];
  const pictures = boxes ? picturesOf(rows, boxes, sizes, files) : [];
  const names = new Set(pictures.flatMap((picture) => (picture.boxes ?? []).map(({ label }) => label)));
  const ordered = (state.classes.get(boxes?.name ?? '') ?? []).filter((name) => names.delete(name));
  const classes = [...ordered, ...[...names].sort((one, other) => (one < other ? -1 : 1))];
  return { dataset: version.datasetName, rows, columns, texts, files, pictures, sizes, classes, hasPictures };
}

function chooseColumns({ version, state, format, columns, target }: LabelRequest): NamedColumn[] {
  const all = columnsWithEdits(version, state);
  const known = exportedColumns(version, state, target);
  for (const name of columns) {
    if (known.some((column) => column.name === name)) continue;
    throw new CodedError('column-missing', { column: name, known: known.map((column) => column.name).join(', ') });
  }
  const isChosen = ({ name, isLabel }: ExportedColumn) => (columns.length > 0 ? columns.includes(name) : isLabel);
  const chosen = known.filter((column) => isChosen(column) && (!format.isOfBoxes || column.type === 'boxes'));
  if (format.isOfBoxes && (chosen.length === 0 || !formatFits(format, version, known))) {
    throw new CodedError('export-no-boxes', { dataset: version.datasetName });
  }
  if (chosen.length === 0) throw new CodedError('export-no-labels', { dataset: version.datasetName });
  const names = new Set((format.isOfBoxes ? chosen.slice(0, 1) : chosen).map(({ name }) => name));
  return all.filter(({ name }) => names.has(name));
}

/** Whole columns with the edits over them. */
class CellReader {
  readonly #request: LabelRequest;

  constructor(request: LabelRequest) {
    this.#request = request;
  }

  async column({ name, type, of }: NamedColumn): Promise<LabelledColumn> {
    const { library, version, state } = this.#request;
    const index = version.columns.findIndex((column) => column.name === name && !state.added.has(name));
    const [stored] = index < 0 ? [] : await readColumns(library, version.id, [index]);
    const cells = stored ? [...stored] : Array<null>(version.rowCount).fill(null);
    const edited = state.cells.get(name);
    const result: (string | number | null)[] = cells;
    for (const [row, code] of edited?.codes.entries() ?? []) {
      if (!edited || code === 0) continue;
      const value = valueOf(edited, code);
      result[row] = type === 'number' && value !== null ? parseNumber(value) : value;
    }
    return { name, type, cells: result, ...(of === undefined ? {} : { of }) };
  }

  async named(name: string): Promise<readonly (string | number | null)[] | null> {
    const { version, state } = this.#request;
    const column = columnsWithEdits(version, state).find((one) => one.name === name);
    return column ? (await this.column(column)).cells : null;
  }
}

/** As the import wrote them beside the pictures; without those, as the pictures are kept. */
async function pictureSizes(
  reader: CellReader,
  { columns }: DatasetVersion,
  rows: readonly number[],
): Promise<LabelData['sizes']> {
  const frame = columns.find(({ image }) => image !== null)?.image;
  if (!frame) return new Map();
  const [widths, heights] = [await reader.named('width'), await reader.named('height')];
  return new Map(
    rows.map((row) => {
      const [width, height] = [Number(widths?.[row]), Number(heights?.[row])];
      const isKnown = width >= 1 && height >= 1;
      return [row, isKnown ? { width, height } : { width: frame.width, height: frame.height }];
    }),
  );
}

function picturesOf(
  rows: readonly number[],
  boxes: LabelledColumn,
  sizes: LabelData['sizes'],
  files: LabelData['files'],
): LabelledPicture[] {
  // A list of classes is called so among YOLO's files.
  const taken = new TakenNames(['classes/']);
  return rows.map((row) => {
    const { width = 1, height = 1 } = sizes.get(row) ?? {};
    const given = safePath(String(files?.[row] ?? ''));
    const path = taken.take(given === '' ? `picture-${String(row + 1).padStart(6, '0')}.png` : given);
    return { row, path, width, height, boxes: parseBoxes(boxes.cells[row]) };
  });
}

function parseBoxes(cell: string | number | null | undefined): readonly Box[] | null {
  return typeof cell === 'string' ? boxesSchema.parse(JSON.parse(cell)) : null;
}

/** How many rows somebody has looked at, and how many labels they have. */
export function countLabels({ rows, columns }: LabelData): { rows: number; labels: number } {
  let [looked, labels] = [0, 0];
  for (const row of rows) {
    const cells = columns
      .map(({ type, cells: all }) => ({ type, cell: all[row] ?? null }))
      .filter(({ cell }) => cell !== null);
    if (cells.length > 0) looked += 1;
    for (const { type, cell } of cells) {
      labels += LABEL_TYPES.includes(type) && typeof cell === 'string' ? (JSON.parse(cell) as unknown[]).length : 1;
    }
  }
  return { rows: looked, labels };
}
