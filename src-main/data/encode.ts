/** Applies a preparation: cells, a person's values or pixels → the numbers a network takes, always the same way. */
import { CodedError, type PredictionInput } from '../contract';
import { cellNumber, cellText } from './columns';
import type { Cell } from './duckdb';
import { widthOf } from './fit';
import { isMissingText } from './missing';
import type { InputRecipe, Preparation } from './prepared';

export interface EncodedInputs {
  /** `rows × size` values; uint8 pixels are to be multiplied by the recipe's scale. */
  readonly inputs: Uint8Array | Float32Array;
  readonly rows: number;
}

/** How many numbers one example has. */
export function exampleSize(preparation: Preparation): number {
  return preparation.inputShape.reduce((product, side) => product * side, 1);
}

/** What uint8 inputs are multiplied by; 1 for a table. */
export function inputScale(preparation: Preparation): number {
  const [first] = preparation.inputs;
  return first?.kind === 'pixels' ? first.scale : 1;
}

/** Columns of cells, one per recipe → `rows × size` float32. */
export function encodeCells(preparation: Preparation, columns: readonly (readonly Cell[])[]): Float32Array {
  const size = exampleSize(preparation);
  const rows = columns[0]?.length ?? 0;
  const values = new Float32Array(rows * size);
  let offset = 0;
  for (const [position, recipe] of preparation.inputs.entries()) {
    encodeColumn(recipe, columns[position] ?? [], values, offset, size);
    offset += widthOf(recipe);
  }
  return values;
}

function encodeColumn(
  recipe: InputRecipe,
  cells: readonly Cell[],
  values: Float32Array,
  offset: number,
  size: number,
): void {
  if (recipe.kind === 'one-hot') {
    const positions = new Map(recipe.categories.map((name, index) => [name, index]));
    for (const [row, cell] of cells.entries()) {
      const position = positions.get(cellText(cell) ?? '\0');
      if (position !== undefined) values[row * size + offset + position] = 1;
    }
  } else if (recipe.kind === 'standardize') {
    for (const [row, cell] of cells.entries()) {
      const value = cellNumber(cell);
      if (value !== null) values[row * size + offset] = (value - recipe.mean) / recipe.standardDeviation;
      else if (recipe.hasMissing) values[row * size + offset + 1] = 1;
    }
  }
}

/**
 * Inputs of one kind, as a person gives them: pixels for a model of pictures, a value per column for a model of tables.
 * @throws CodedError `input-unfit` naming the input by its number, the cause and what is expected
 */
export function encodeInputs(preparation: Preparation, inputs: readonly PredictionInput[]): EncodedInputs {
  const [first] = preparation.inputs;
  if (first?.kind === 'pixels') return encodePixels(preparation, inputs);
  const rows = inputs.map((input, index) => {
    if (input.kind !== 'values') return refuse(preparation, index, 'it is not a row of values');
    return preparation.inputs.map((recipe) => valueOf(preparation, recipe, input.values, index));
  });
  const columns = preparation.inputs.map((_, position) => rows.map((row) => row[position] ?? null));
  return { inputs: encodeCells(preparation, columns), rows: inputs.length };
}

function encodePixels(preparation: Preparation, inputs: readonly PredictionInput[]): EncodedInputs {
  const size = exampleSize(preparation);
  const packed = new Uint8Array(size * inputs.length);
  for (const [index, input] of inputs.entries()) {
    if (input.kind !== 'pixels') return refuse(preparation, index, 'it is not a picture');
    if (input.pixels.length !== size) return refuse(preparation, index, `it has ${input.pixels.length} pixel values`);
    packed.set(input.pixels, index * size);
  }
  return { inputs: packed, rows: inputs.length };
}

function valueOf(
  preparation: Preparation,
  recipe: InputRecipe,
  values: Readonly<Record<string, Cell>>,
  index: number,
): Cell {
  const value = Object.hasOwn(values, recipe.column) ? (values[recipe.column] ?? null) : null;
  if (value === null || (typeof value === 'string' && isMissingText(value))) return null;
  if (recipe.kind !== 'standardize') return typeof value === 'string' ? value.trim() : value;
  const number = cellNumber(value);
  if (number === null || !Number.isFinite(number)) {
    return refuse(preparation, index, `"${value}" in column "${recipe.column}" is not a number`);
  }
  return number;
}

function refuse(preparation: Preparation, index: number, detail: string): never {
  const [first] = preparation.inputs;
  const expected =
    first?.kind === 'pixels'
      ? `a picture of ${first.shape.join(' × ')} values from 0 to 255`
      : `values for ${preparation.inputs.map(({ column }) => column).join(', ')}`;
  throw new CodedError('input-unfit', { file: `input ${index + 1}`, detail, expected });
}
