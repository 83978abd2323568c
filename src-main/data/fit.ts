/**
 * Fits a preparation: what of the training rows decides how every later input becomes numbers. No other row is looked at,
 * so that the test stays a test.
 */
import { CodedError, type DataSetup, type DatasetVersion, type Target } from '../contract';
import { cellNumber, cellText, effectiveType, readColumns } from './columns';
import type { Cell } from './duckdb';
import type { LibraryPaths } from './paths';
import type { InputRecipe, Preparation } from './prepared';
import { TRAINING } from './split';
import { sortClasses, type DividedRows } from './target';

/** A column with more categories keeps its most frequent; the rest are all zeros, as unseen ones are. */
const MOST_CATEGORIES = 100;

/** Columns that go in, with their position in the version; the values stay null for pictures, which lie in a blob. */
export interface InputColumn {
  readonly index: number;
  readonly recipe: InputRecipe;
  readonly cells: readonly Cell[] | null;
}

export interface FittedPreparation {
  readonly preparation: Preparation;
  readonly inputs: readonly InputColumn[];
}

/** @throws CodedError `task-unfit` where no column is left to learn from */
export async function fitPreparation(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: Pick<DataSetup, 'target' | 'types'>,
  rows: DividedRows,
): Promise<FittedPreparation> {
  const inputs = pictureInput(version, setup) ?? (await tableInputs(library, version, setup, rows));
  if (inputs.length === 0) {
    throw new CodedError('task-unfit', {
      detail: `beside "${setup.target}" no column of numbers, categories or pictures is left.`,
    });
  }
  const recipes = inputs.map(({ recipe }) => recipe);
  const preparation: Preparation = {
    v: 1,
    inputs: recipes,
    inputShape: shapeOf(recipes),
    target: rows.target,
    targetColumn: setup.target,
    targetScale: targetScale(rows.target, rows),
  };
  return { preparation, inputs };
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
function pictureInput(version: DatasetVersion, setup: Pick<DataSetup, 'target' | 'types'>): InputColumn[] | null {
  for (const [index, column] of version.columns.entries()) {
    if (column.name === setup.target || effectiveType(column, setup) !== 'image' || !column.image) continue;
    const { height, width, channels } = column.image;
    const recipe: InputRecipe = {
      kind: 'pixels',
      column: column.name,
      shape: [height, width, channels],
      scale: 1 / 255,
    };
    return [{ index, recipe, cells: null }];
  }
  return null;
}

async function tableInputs(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: Pick<DataSetup, 'target' | 'types'>,
  rows: DividedRows,
): Promise<InputColumn[]> {
  const chosen = [...version.columns.entries()].flatMap(([index, column]) => {
    const type = effectiveType(column, setup);
    const isInput = column.name !== setup.target && (type === 'number' || type === 'category');
    return isInput ? [{ index, column, type }] : [];
  });
  if (chosen.length === 0) return [];
  const columns = await readColumns(
    library,
    version.id,
    chosen.map(({ index }) => index),
  );
  return chosen.flatMap(({ index, column, type }, position) => {
    const cells = columns[position] ?? [];
    const training = cells.filter((_, row) => rows.parts[row] === TRAINING);
    const recipe = type === 'number' ? fitNumbers(column.name, training) : fitCategories(column.name, training);
    return widthOf(recipe) > 0 ? [{ index, recipe, cells }] : [];
  });
}

function fitNumbers(column: string, training: readonly Cell[]): InputRecipe {
  const present = training.map(cellNumber).filter((value) => value !== null);
  const { mean, standardDeviation } = spread(present);
  return { kind: 'standardize', column, mean, standardDeviation, hasMissing: present.length < training.length };
}

function fitCategories(column: string, training: readonly Cell[]): InputRecipe {
  const counts = new Map<string, number>();
  for (const cell of training) {
    const name = cellText(cell);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const kept = sortClasses([...counts.keys()])
    .sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0))
    .slice(0, MOST_CATEGORIES);
  return { kind: 'one-hot', column, categories: sortClasses(kept) };
}

/** Mean and population standard deviation; a spread of zero becomes 1, so that a constant column gives zeros. */
function spread(values: readonly number[]): { mean: number; standardDeviation: number } {
  if (values.length === 0) return { mean: 0, standardDeviation: 1 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, standardDeviation: Math.sqrt(variance) || 1 };
}

function targetScale(target: Target, rows: DividedRows): Preparation['targetScale'] {
  if (target.kind === 'classes') return { mean: 0, standardDeviation: 1 };
  return spread([...rows.numbers].filter((value, row) => rows.parts[row] === TRAINING && !Number.isNaN(value)));
}
