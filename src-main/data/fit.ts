/**
 * Fits a preparation: what of the training rows decides how every later input becomes numbers. No other row is looked at,
 * so that the test stays a test.
 */
import { CodedError, type DataSetup, type DatasetVersion, type Target } from '../contract';
import { effectiveType, readCodes, readNumbers, type CodedColumn } from './columns';
import type { LibraryPaths } from './paths';
import type { InputRecipe, Preparation } from './prepared';
import { TRAINING } from './split';
import { sortClasses, type DividedRows } from './target';

/** A column with more categories keeps its most frequent; the rest are all zeros, as unseen ones are. */
const MOST_CATEGORIES = 100;

/** What of a setup decides which columns are inputs. */
type InputChoices = Pick<DataSetup, 'target' | 'types' | 'weightColumn'>;

/** @throws CodedError `inputs-missing` where no column is left to learn from */
export async function fitPreparation(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<Preparation> {
  const recipes = pictureInput(version, setup) ?? (await tableInputs(library, version, setup, rows));
  if (recipes.length === 0) {
    throw new CodedError('inputs-missing', { column: setup.target });
  }
  return {
    v: 1,
    inputs: recipes,
    inputShape: shapeOf(recipes),
    target: rows.target,
    targetColumn: setup.target,
    targetScale: targetScale(rows.target, rows),
  };
}

/** How many numbers one value of a column becomes. */
export function widthOf(recipe: InputRecipe): number {
  switch (recipe.kind) {
    case 'standardize':
      return recipe.hasMissing ? 2 : 1;
    case 'one-hot':
      return recipe.categories.length;
    case 'pixels':
      return recipe.shape.reduce((product, side) => product * side, 1);
  }
}

function shapeOf(recipes: readonly InputRecipe[]): number[] {
  const [first] = recipes;
  if (first?.kind === 'pixels') return [...first.shape];
  return [recipes.reduce((sum, recipe) => sum + widthOf(recipe), 0)];
}

/** The first picture column, if any: then it alone is the input. */
function pictureInput(version: DatasetVersion, setup: InputChoices): InputRecipe[] | null {
  for (const column of version.columns) {
    if (column.name === setup.target || effectiveType(column, setup) !== 'image' || !column.image) continue;
    const { height, width, channels } = column.image;
    const recipe: InputRecipe = {
      kind: 'pixels',
      column: column.name,
      shape: [height, width, channels],
      scale: 1 / 255,
    };
    return [recipe];
  }
  return null;
}

/** Column by column, so that memory stays flat with columns. */
async function tableInputs(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: InputChoices,
  rows: DividedRows,
): Promise<InputRecipe[]> {
  const recipes: InputRecipe[] = [];
  for (const [index, column] of version.columns.entries()) {
    const type = effectiveType(column, setup);
    if (column.name === setup.target || column.name === setup.weightColumn) continue;
    if (type !== 'number' && type !== 'category') continue;
    const recipe =
      type === 'number'
        ? fitNumbers(column.name, await readNumbers(library, version, index), rows)
        : fitCategories(column.name, await readCodes(library, version, index), rows);
    if (widthOf(recipe) > 0) recipes.push(recipe);
  }
  return recipes;
}

function fitNumbers(column: string, values: Float64Array, rows: DividedRows): InputRecipe {
  const { parts } = rows;
  const present = new Float64Array(values.length);
  let count = 0;
  let hasMissing = false;
  for (let row = 0; row < values.length; row++) {
    if (parts[row] !== TRAINING) continue;
    const value = values[row] ?? NaN;
    if (Number.isNaN(value)) hasMissing = true;
    else present[count++] = value;
  }
  const { mean, standardDeviation } = spread(present.subarray(0, count));
  return { kind: 'standardize', column, mean, standardDeviation, hasMissing };
}

function fitCategories(column: string, { codes, names }: CodedColumn, rows: DividedRows): InputRecipe {
  const counts = new Float64Array(names.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? -1;
    if (code >= 0 && rows.parts[row] === TRAINING) counts[code] = (counts[code] ?? 0) + 1;
  }
  const countOf = new Map(names.map((name, code) => [name, counts[code] ?? 0]));
  const kept = sortClasses(names.filter((name) => (countOf.get(name) ?? 0) > 0))
    .sort((one, other) => (countOf.get(other) ?? 0) - (countOf.get(one) ?? 0))
    .slice(0, MOST_CATEGORIES);
  return { kind: 'one-hot', column, categories: sortClasses(kept) };
}

/** Mean and population standard deviation; a spread of zero becomes 1, so that a constant column gives zeros. */
function spread(values: Float64Array): { mean: number; standardDeviation: number } {
  if (values.length === 0) return { mean: 0, standardDeviation: 1 };
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row] ?? NaN;
  const mean = sum / values.length;
  let squares = 0;
  for (let row = 0; row < values.length; row++) {
    const distance = (values[row] ?? NaN) - mean;
    squares += distance * distance;
  }
  return { mean, standardDeviation: Math.sqrt(squares / values.length) || 1 };
}

function targetScale(target: Target, rows: DividedRows): Preparation['targetScale'] {
  if (target.kind === 'classes') return { mean: 0, standardDeviation: 1 };
  return spread(rows.numbers.filter((value, row) => rows.parts[row] === TRAINING && !Number.isNaN(value)));
}
