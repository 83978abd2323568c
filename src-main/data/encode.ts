/** Applies a preparation: cells, a person's values or pixels → the numbers a network takes, always the same way. */
import { CodedError, type PredictionInput } from '../contract';
import { cellNumber, cellText, type CodedColumn } from './columns';
import type { Cell, ColumnPiece } from './duckdb';
import { widthOf } from './fit';
import { isMissingText } from './missing';
import type { InputRecipe, Preparation } from './prepared';
import { SoundEncoder, type LogMelRecipe } from './sounds/recipe';

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
export function encodeCells(preparation: Preparation, columns: readonly ColumnPiece[]): Float32Array {
  const size = exampleSize(preparation);
  const rows = columns[0]?.length ?? 0;
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

function encodeColumn(recipe: InputRecipe, cells: ColumnPiece, place: Place): void {
  if (recipe.kind === 'standardize') encodeNumbers(recipe, numbersIn(cells), place);
  else if (recipe.kind === 'one-hot') encodeCodes(recipe, codesIn(cells), place);
}

function numbersIn(cells: ColumnPiece): Float64Array {
  if (cells instanceof Float64Array) return cells;
  return Float64Array.from(cells, (cell) => cellNumber(cell) ?? Number.NaN);
}

function codesIn(cells: ColumnPiece): CodedColumn {
  const texts = Array.from(cells, cellText);
  const names = [...new Set(texts.filter((name) => name !== null))];
  const codes = new Map(names.map((name, code) => [name, code]));
  return { names, codes: Int32Array.from(texts, (text) => codes.get(text ?? '') ?? -1) };
}

/** A 1 where the recipe knows the row's category. */
function encodeCodes(
  recipe: Extract<InputRecipe, { kind: 'one-hot' }>,
  { codes, names }: CodedColumn,
  { values, offset, size }: Place,
): void {
  const known = new Map(recipe.categories.map((name, position) => [name, position]));
  const positions = names.map((name) => known.get(name) ?? -1);
  for (const [row, code] of codes.entries()) {
    const position = positions[code] ?? -1;
    if (position >= 0) values[row * size + offset + position] = 1;
  }
}

/** (value − mean) / standardDeviation; for NaN 0, and a 1 behind it where the recipe has a place for that. */
function encodeNumbers(
  recipe: Extract<InputRecipe, { kind: 'standardize' }>,
  numbers: Float64Array,
  { values, offset, size }: Place,
): void {
  for (const [row, value] of numbers.entries()) {
    const at = row * size + offset;
    if (!Number.isNaN(value)) values[at] = (value - recipe.mean) / recipe.standardDeviation;
    else if (recipe.hasMissing) values[at + 1] = 1;
  }
}

/**
 * Inputs of one kind, as a person gives them: pixels for a model of pictures, a value per column for a model of tables.
 * @throws CodedError `input-not-picture`, `input-not-values`, `input-not-number`, naming the input by its number from 1
 */
export function encodeInputs(preparation: Preparation, inputs: readonly PredictionInput[]): EncodedInputs {
  const [first] = preparation.inputs;
  if (first?.kind === 'pixels') return encodePixels(preparation, inputs);
  if (first?.kind === 'log-mel') return encodeSounds(preparation, first, inputs);
  const rows = inputs.map((input, index) => {
    if (input.kind !== 'values') return refuse(preparation, index);
    return preparation.inputs.map((recipe) => valueOf(recipe, input.values, index));
  });
  const columns = preparation.inputs.map((_, position) => rows.map((row) => row[position] ?? null));
  return { inputs: encodeCells(preparation, columns), rows: inputs.length };
}

function encodePixels(preparation: Preparation, inputs: readonly PredictionInput[]): EncodedInputs {
  const size = exampleSize(preparation);
  const packed = new Uint8Array(size * inputs.length);
  for (const [index, input] of inputs.entries()) {
    if (input.kind !== 'pixels') return refuse(preparation, index);
    if (input.pixels.length !== size) return refuse(preparation, index);
    packed.set(input.pixels, index * size);
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
  if (recipe.kind !== 'standardize') return typeof value === 'string' ? value.trim() : value;
  const number = cellNumber(value);
  if (number === null || !Number.isFinite(number)) {
    throw new CodedError('input-not-number', { number: index + 1, value, column: recipe.column });
  }
  return number;
}

function refuse(preparation: Preparation, index: number): never {
  const number = index + 1;
  const [first] = preparation.inputs;
  if (first?.kind === 'pixels')
    throw new CodedError('input-not-picture', { number, expected: first.shape.join(' × ') });
  if (first?.kind === 'log-mel') throw new CodedError('input-not-sound', { number });
  const columns = preparation.inputs.map(({ column }) => column).join(', ');
  throw new CodedError('input-not-values', { number, columns });
}
