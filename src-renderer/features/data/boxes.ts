/** Boxes over a picture: read from a row, placed where the picture lies in its frame, coloured by class. */
import { boxInFrame, type Place, type PictureSize } from '../../../src-main/catalog';
import { boxSchema, type Box, type DatasetVersion, type Row } from '../../../src-main/contract';
import { SERIES_COLOURS } from '../../charts/series';

const boxesSchema = boxSchema.array();

/** Where the columns lie that boxes need; null where a version has none. */
export interface BoxColumns {
  readonly boxes: number;
  readonly width: number;
  readonly height: number;
}

export function boxColumns({ columns }: DatasetVersion): BoxColumns | null {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const found = {
    boxes: columns.findIndex(({ type }) => type === 'boxes'),
    width: place('width'),
    height: place('height'),
  };
  return Object.values(found).every((index) => index >= 0) ? found : null;
}

/** A row's boxes; null where nobody has looked for any. */
export function boxesOf(row: Row, columns: BoxColumns): Box[] | null {
  const value = row.values[columns.boxes];
  return typeof value === 'string' ? boxesSchema.parse(JSON.parse(value)) : null;
}

/** In pixels of the frame. */
export function placedBoxes(row: Row, columns: BoxColumns, frame: PictureSize): (Place & { readonly label: string })[] {
  const original = { width: Number(row.values[columns.width]), height: Number(row.values[columns.height]) };
  return (boxesOf(row, columns) ?? []).map((box) => ({ ...boxInFrame(box, original, frame), label: box.label }));
}

/** A series colour, 1 to 8, that a class keeps wherever it is shown. */
export function boxColour(label: string): number {
  let sum = 0;
  for (const character of label) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return 1 + (sum % SERIES_COLOURS);
}

/** How many boxes each class has, most first. */
export function countBoxes(boxes: readonly Box[]): [label: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { label } of boxes) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}
