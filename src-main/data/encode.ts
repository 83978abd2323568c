/** Applies a preparation: cells, a person's values or pixels → the numbers a network takes, always the same way. */
import { applyChain } from '../catalog';
import { CodedError, type PredictionInput } from '../contract';
import { cellNumber } from './columns';
import type { Cell, ColumnPiece } from './duckdb';
import { widthOf } from './fit';
import { isMissingText } from './missing';
import { changePixels, pictureRecipe, sizeOf, type PictureRecipe } from './picture-recipe';
import type { InputRecipe, Preparation } from './prepared';
import { SoundEncoder, type LogMelRecipe } from './sounds/recipe';
import { chainOf, listOf, typeOf, valuesOf, windowIn } from './step-rows';

export interface EncodedInputs {
  /** `rows × size` values; uint8 pixels are to be multiplied by the recipe's scale. */
  readonly inputs: Uint8Array | Float32Array;
  readonly rows: number;
}

/** How many numbers one example has. */
export function exampleSize(preparation: Preparation): number {
  return sizeOf(preparation.inputShape);
}

/** What uint8 inputs are multiplied by; 1 for a table. */
export function inputScale(preparation: Preparation): number {
  return pictureRecipe(preparation)?.scale ?? 1;
}

/** Columns of cells, one per recipe → `rows × size` float32. Numbers of windows are joined already. */
export function encodeCells(preparation: Preparation, columns: readonly ColumnPiece[], rows: number): Float32Array {
  const size = exampleSize(preparation);
  const values = new Float32Array(rows * size);
  let offset = 0;
  for (const [position, recipe] of preparation.inputs.entries()) {
    encodeColumn(recipe, columns[position] ?? [], { values, offset, size });
    offset += widthOf(recipe);
  }
  return values;
}

/** Where a column's numbers go: `size` values per row, this column's from `offset` on. */
interface Place {
  readonly values: Float32Array;
  readonly offset: number;
  readonly size: number;
}

/** A number that is still missing after all steps becomes 0, as a network takes none that is absent. */
function encodeColumn(recipe: InputRecipe, cells: ColumnPiece, { values, offset, size }: Place): void {
  if (recipe.kind === 'pixels' || recipe.kind === 'pictures' || recipe.kind === 'log-mel') return;
  const made = applyChain(chainOf(recipe), valuesOf({ type: typeOf(recipe), window: windowIn(recipe) }, cells));
  if (made.kind !== 'numbers') throw new Error(`The steps of ${recipe.column} end in texts`);
  const before = recipe.kind === 'steps' ? (recipe.codesBefore ?? 0) : 0;
  for (let row = 0, from = 0; from < made.values.length; row++) {
    const at = row * size + offset;
    for (let part = 0; part < made.width; part++, from++) {
      const value = made.values[from] ?? 0;
      if (!Number.isNaN(value)) values[at + part] = value > 0 ? value + before : value;
    }
    if (made.missing) values[at + made.width] = made.missing[row] ?? 0;
  }
}

/**
 * Inputs of one kind, as a person gives them: pixels for a model of pictures, a value per column for a model of tables.
 * @throws CodedError `input-not-picture`, `input-not-values`, `input-not-number`, naming the input by its number from 1
 */
export function encodeInputs(preparation: Preparation, inputs: readonly PredictionInput[]): EncodedInputs {
  const [first] = preparation.inputs;
  if (first?.kind === 'log-mel') return encodeSounds(preparation, first, inputs);
  const pictures = pictureRecipe(preparation);
  if (pictures) return encodePixels(preparation, pictures, inputs);
  const rows = inputs.map((input, index) => {
    if (input.kind !== 'values') return refuse(preparation, index);
    return preparation.inputs.map((recipe) => valueOf(recipe, input.values, index));
  });
  const columns = preparation.inputs.map((_, position) => rows.map((row) => row[position] ?? null));
  return { inputs: encodeCells(preparation, columns, inputs.length), rows: inputs.length };
}

/** Pictures as large as the data's go through the steps; those that already have the network's size are taken as they are. */
function encodePixels(
  preparation: Preparation,
  recipe: PictureRecipe,
  inputs: readonly PredictionInput[],
): EncodedInputs {
  const size = exampleSize(preparation);
  const packed = new Uint8Array(size * inputs.length);
  for (const [index, input] of inputs.entries()) {
    if (input.kind !== 'pixels') return refuse(preparation, index);
    const { pixels } = input;
    const isStored = pixels.length === sizeOf(recipe.stored);
    if (!isStored && pixels.length !== size) return refuse(preparation, index);
    packed.set(isStored ? changePixels(recipe, pixels) : pixels, index * size);
  }
  return { inputs: packed, rows: inputs.length };
}

function encodeSounds(
  preparation: Preparation,
  recipe: LogMelRecipe,
  inputs: readonly PredictionInput[],
): EncodedInputs {
  const size = exampleSize(preparation);
  const values = new Float32Array(size * inputs.length);
  const encoder = new SoundEncoder(recipe);
  for (const [index, input] of inputs.entries()) {
    if (input.kind !== 'sound') return refuse(preparation, index);
    values.set(encoder.encode(input.samples, input.rate), index * size);
  }
  return { inputs: values, rows: inputs.length };
}

function valueOf(recipe: InputRecipe, values: Readonly<Record<string, Cell>>, index: number): Cell {
  const value = Object.hasOwn(values, recipe.column) ? (values[recipe.column] ?? null) : null;
  if (value === null || (typeof value === 'string' && isMissingText(value))) return null;
  if (typeOf(recipe) !== 'number') return typeof value === 'string' ? value.trim() : value;
  if (windowIn(recipe) && !listOf(value).some(Number.isNaN)) return value;
  const number = cellNumber(value);
  if (number === null || !Number.isFinite(number)) {
    throw new CodedError('input-not-number', { number: index + 1, value, column: recipe.column });
  }
  return number;
}

function refuse(preparation: Preparation, index: number): never {
  const number = index + 1;
  const [first] = preparation.inputs;
  if (first?.kind === 'log-mel') throw new CodedError('input-not-sound', { number });
  const pictures = pictureRecipe(preparation);
  if (pictures) throw new CodedError('input-not-picture', { number, expected: pictures.shape.join(' × ') });
  const columns = preparation.inputs.map(({ column }) => column).join(', ');
  throw new CodedError('input-not-values', { number, columns });
}
