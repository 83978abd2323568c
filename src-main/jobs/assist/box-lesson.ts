/** What of a column of boxes a finder may learn: which pictures somebody looked at, and what is in them. */
import { sortClasses } from '../../catalog';
import type { TrueBox } from '../../catalog/detection/matching';
import { boxSchema, CodedError, LEAST_BOXES, type Box } from '../../contract';
import { standingTexts, type StandingColumn } from '../../data/assist/standing';

/** Each class is a map of its own. */
const MOST_CLASSES = 100;

export interface BoxLesson {
  /** In the order of their keys. */
  readonly classes: readonly string[];
  /** Rows that stay and that somebody looked at, ascending. */
  readonly judged: Int32Array<ArrayBuffer>;
  /** Of each judged row, its boxes in shares of the picture. */
  readonly there: readonly (readonly TrueBox[])[];
}

/** @param hasPicture of each row. @throws CodedError `assist-few-boxes`, `assist-too-many-classes` */
export function boxLessonOf(standing: StandingColumn, column: string, hasPicture: (row: number) => boolean): BoxLesson {
  const cells = standingTexts(standing).map((cell, row) => (hasPicture(row) ? boxesOf(cell) : null));
  const judged = Int32Array.from(cells.keys()).filter((row) => cells[row] !== null);
  const boxes = Array.from(judged, (row) => cells[row] ?? []);
  const classes = sortClasses([...new Set(boxes.flat().map(({ label }) => label))]);
  const [found, there] = [judged.length, boxes.flat().length];
  if (found < LEAST_BOXES.pictures || there < LEAST_BOXES.boxes) {
    throw new CodedError('assist-few-boxes', { column, found, there, ...LEAST_BOXES });
  }
  if (classes.length > MOST_CLASSES) {
    throw new CodedError('assist-too-many-classes', { column, count: classes.length, most: MOST_CLASSES });
  }
  const places = new Map(classes.map((name, place) => [name, place]));
  const placed = boxes.map((list) => list.map((box) => ({ ...box, label: places.get(box.label) ?? 0 })));
  return { classes, judged, there: placed };
}

const boxesSchema = boxSchema.array();

/** @returns null for no list of boxes. */
function boxesOf(cell: string | null): Box[] | null {
  if (cell === null) return null;
  try {
    return boxesSchema.safeParse(JSON.parse(cell)).data ?? null;
  } catch {
    return null;
  }
}
