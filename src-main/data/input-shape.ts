/**
 * The shape of one prepared example, without fitting what the first rows already decide: a column without gaps is one number,
 * and one of categories has as many as it may once that many were met in training rows.
 */
import { CodedError, type Column, type DatasetVersion } from '../contract';
import { effectiveType, readColumns } from './columns';
import {
  chosenSteps,
  fitColumn,
  isAside,
  MOST_CATEGORIES,
  shapeOf,
  wholeInput,
  widthOf,
  type InputChoices,
} from './fit';
import type { LibraryPaths } from './paths';
import { TRAINING } from './part-codes';
import type { DividedRows } from './target';

const FIRST_ROWS = 65_536;

/** @throws CodedError as `fitPreparation`, whose shape it is */
export async function inputShapeOf(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<number[]> {
  const whole = await wholeInput(library, version, setup, rows);
  if (whole) return shapeOf(whole);
  let width = 0;
  for (const column of version.columns) {
    if (isAside(column, setup)) continue;
    const sure = await sureWidth(library, version, setup, { rows, column });
    const recipe = sure === null ? await fitColumn(library, version, setup, rows, column) : null;
    width += sure ?? (recipe ? widthOf(recipe) : 0);
  }
  if (width === 0) throw new CodedError('inputs-missing', { column: setup.target });
  return [width];
}

/** Numbers that a value of the column becomes; null where all training rows have to be asked. */
async function sureWidth(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  { rows, column }: { readonly rows: DividedRows; readonly column: Column },
): Promise<number | null> {
  const type = effectiveType(column, setup);
  if (type !== column.type || chosenSteps(setup, column.name)) return null;
  if (type === 'number' && column.missing === 0) return 1;
  if (type !== 'number' && type !== 'category') return null;
  const index = version.columns.indexOf(column);
  const [values = []] = await readColumns(library, version.id, [index], `WHERE _index < ${FIRST_ROWS}`);
  const training = values.filter((_, row) => rows.parts[row] === TRAINING);
  if (type === 'number') return training.includes(null) ? 2 : null;
  const most = Math.min(MOST_CATEGORIES, column.distinct);
  const met = new Set(training.filter((value) => value !== null)).size;
  return met >= most ? most : null;
}
