/**
 * The shape of one prepared example, without fitting what the first rows already decide: a column without gaps is one number,
 * and one of categories has as many as it may once that many were met in training rows.
 */
import { CodedError, type Column, type DatasetVersion } from '../contract';
import { effectiveType, readColumns } from './columns';
import {
  chosenSteps,
  codesOf,
  fitColumn,
  inputColumns,
  MOST_CATEGORIES,
  shapeOf,
  wholeInput,
  widthOf,
  withSharedCodes,
  type InputChoices,
} from './fit';
import type { LibraryPaths } from './paths';
import { TRAINING } from './part-codes';
import type { InputRecipe } from './prepared';
import type { DividedRows } from './target';

const FIRST_ROWS = 65_536;

export interface InputForm {
  /** Of one prepared example. */
  readonly inputShape: number[];
  /** How many different codes the inputs are; null where they are no codes. */
  readonly codes: number | null;
}

/** @throws CodedError as `fitPreparation`, whose shape it is */
export async function inputFormOf(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<InputForm> {
  const whole = await wholeInput(library, version, setup, rows);
  if (whole) return { inputShape: shapeOf(whole, setup), codes: codesOf(whole) };
  let width = 0;
  const recipes: InputRecipe[] = [];
  let isFitted = true;
  for (const column of inputColumns(version, setup)) {
    const sure = await sureWidth(library, version, setup, { rows, column });
    const recipe = sure === null ? await fitColumn(library, version, setup, rows, column) : null;
    width += sure ?? (recipe ? widthOf(recipe) : 0);
    // Columns that need not be fitted have no steps, and without steps nothing becomes codes.
    if (sure !== null) isFitted = false;
    if (recipe) recipes.push(recipe);
  }
  if (width === 0) throw new CodedError('inputs-missing', { column: setup.target });
  return { inputShape: [width], codes: isFitted ? codesOf(withSharedCodes(recipes, setup)) : null };
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
