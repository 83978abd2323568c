/** A version under a setup → the arrays that training takes. Pixels stay uint8; the network sees value · scale. */
import { CodedError, type DataSetup, type DatasetVersion } from '../contract';
import { findColumn, readCodes, readColumns, readNumbers } from './columns';
import { encodeCells, encodeCodes, encodeNumbers, exampleSize, inputScale, type EncodedInputs } from './encode';
import { fitPreparation, widthOf } from './fit';
import type { LibraryPaths } from './paths';
import { readPictures } from './pictures';
import type { Preparation, PreparedData } from './prepared';
import { TEST, TRAINING, VALIDATION } from './split';
import { divideRows, type DividedRows } from './target';

/** Arrays beyond this do not fit beside a network in the memory of ordinary machines. */
const MOST_BYTES = 4 * 2 ** 30;

/**
 * @throws CodedError as `divideRows` and `fitPreparation`; `split-without-training`; `inputs-too-large`
 */
export async function prepareData(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
): Promise<PreparedData> {
  const rows = await divideRows(library, version, setup);
  const parts = { training: rowsOf(rows, TRAINING), validation: rowsOf(rows, VALIDATION), test: rowsOf(rows, TEST) };
  if (parts.training.length === 0) throw new CodedError('split-without-training');
  const preparation = await fitPreparation(library, version, setup, rows);
  const isPicture = preparation.inputs[0]?.kind === 'pixels';
  const bytes = rows.parts.length * exampleSize(preparation) * (isPicture ? 1 : 4);
  if (bytes > MOST_BYTES) {
    throw new CodedError('inputs-too-large', {
      dataset: version.datasetName,
      gigabytes: Number((bytes / 2 ** 30).toFixed(1)),
      most: MOST_BYTES / 2 ** 30,
    });
  }
  const encoded = isPicture
    ? await readInputs(library, version, preparation, Int32Array.from(rows.parts.keys()))
    : { inputs: await encodeTable(library, version, preparation) };
  return {
    preparation,
    inputShape: preparation.inputShape,
    target: rows.target,
    inputs: encoded.inputs,
    scale: inputScale(preparation),
    targets: targetsOf(rows, preparation),
    parts,
  };
}

/** All rows, column by column: beside the result only one column is in memory. */
async function encodeTable(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
): Promise<Float32Array> {
  const size = exampleSize(preparation);
  const values = new Float32Array(version.rowCount * size);
  let offset = 0;
  for (const recipe of preparation.inputs) {
    const { index } = findColumn(version, recipe.column);
    const place = { values, offset, size };
    if (recipe.kind === 'standardize') encodeNumbers(recipe, await readNumbers(library, version, index), place);
    else if (recipe.kind === 'one-hot') encodeCodes(recipe, await readCodes(library, version, index), place);
    offset += widthOf(recipe);
  }
  return values;
}

/**
 * Inputs of some rows of a version, prepared as a model wants them. The version may be another than the one it learnt from.
 * @param rowIndices in any order.
 * @throws CodedError `column-missing`, `row-missing`, `pictures-unfit` for pictures of another size
 */
export async function readInputs(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
  rowIndices: ArrayLike<number>,
): Promise<EncodedInputs> {
  const [first] = preparation.inputs;
  if (first?.kind === 'pixels') {
    const pictures = await readPictures(library, version, first.column, rowIndices);
    const found = [pictures.height, pictures.width, pictures.channels].join(' × ');
    const expected = first.shape.join(' × ');
    if (found !== expected) throw new CodedError('pictures-unfit', { dataset: version.datasetName, found, expected });
    return { inputs: pictures.pixels, rows: rowIndices.length };
  }
  return { inputs: await readTableRows(library, version, preparation, rowIndices), rows: rowIndices.length };
}

async function readTableRows(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
  rowIndices: ArrayLike<number>,
): Promise<Float32Array> {
  const wanted = Array.from(rowIndices);
  const missing = wanted.find((row) => !Number.isInteger(row) || row < 0 || row >= version.rowCount);
  if (missing !== undefined) {
    throw new CodedError('row-missing', { row: missing, dataset: version.datasetName, last: version.rowCount - 1 });
  }
  const positions = preparation.inputs.map(({ column }) => findColumn(version, column).index);
  const where = wanted.length > 0 ? `WHERE _index IN (${[...new Set(wanted)].join(', ')})` : 'WHERE false';
  const [indices = [], ...columns] = await readColumns(library, version.id, ['_index', ...positions], where);
  const place = new Map(indices.map((index, at) => [index, at]));
  return encodeCells(
    preparation,
    columns.map((cells) => wanted.map((row) => cells[place.get(row) ?? -1] ?? null)),
  );
}

/** Rows of one part, ascending. */
export function rowsOf(rows: DividedRows, part: number): Int32Array {
  const found: number[] = [];
  for (const [row, code] of rows.parts.entries()) if (code === part) found.push(row);
  return Int32Array.from(found);
}

function targetsOf(rows: DividedRows, preparation: Preparation): Int32Array | Float32Array {
  if (rows.target.kind === 'classes') return rows.classes;
  const { mean, standardDeviation } = preparation.targetScale;
  return Float32Array.from(rows.numbers, (value) => (value - mean) / standardDeviation);
}
