/** A version under a setup → the arrays that training takes. Pixels stay uint8; the network sees value · scale. */
import { CodedError, type DataSetup, type DatasetVersion } from '../contract';
import { ANOMALOUS } from './anomalies';
import { findColumn, readColumns, streamColumnsOf } from './columns';
import { encodeCells, exampleSize, inputScale, type EncodedInputs } from './encode';
import { fitPreparation } from './fit';
import type { LibraryPaths } from './paths';
import { changePixels, pictureRecipe } from './picture-recipe';
import { readPictures } from './pictures';
import type { FittedData, Preparation } from './prepared';
import { encodedRows } from './sounds/recipe';
import { TEST, TRAINING, VALIDATION } from './split';
import { readAllSeries, typeOf, withWindows } from './step-rows';
import { divideRows, type DividedRows } from './target';
import { readWeights } from './weights';

/**
 * Everything about a version under a setup but its inputs.
 * @throws CodedError as `divideRows`, `fitPreparation` and `readWeights`; `split-without-training`
 */
export async function fitData(library: LibraryPaths, version: DatasetVersion, setup: DataSetup): Promise<FittedData> {
  const rows = await divideRows(library, version, setup);
  const { parts, anomalies } = partsOf(rows);
  if (parts.training.length === 0) throw new CodedError('split-without-training');
  const preparation = await fitPreparation(library, version, setup, rows);
  return {
    preparation,
    inputShape: preparation.inputShape,
    target: preparation.target,
    scale: inputScale(preparation),
    normalization: pictureRecipe(preparation)?.normalization ?? null,
    targets: targetsOf(rows, preparation),
    weights: await readWeights(library, version, setup, rows),
    parts,
    anomalies,
  };
}

/**
 * A version in memory as a whole: for few rows, or where the disk has no room for more.
 * @throws CodedError as `fitData`
 */
export async function prepareData(library: LibraryPaths, version: DatasetVersion, setup: DataSetup) {
  const fitted = await fitData(library, version, setup);
  return { ...fitted, inputs: await allInputs(library, version, fitted.preparation) };
}

/** The inputs of all rows, row after row. */
export async function allInputs(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
): Promise<Uint8Array | Float32Array> {
  if (pictureRecipe(preparation)) {
    const every = Int32Array.from({ length: version.rowCount }, (_, row) => row);
    return (await readInputs(library, version, preparation, every)).inputs;
  }
  const all = new Float32Array(version.rowCount * exampleSize(preparation));
  let at = 0;
  for await (const values of tableRows(library, version, preparation)) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}

/** All rows of a table in their order, some thousand at a time: only those are in memory. */
export async function* tableRows(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
): AsyncGenerator<Float32Array> {
  const [first] = preparation.inputs;
  if (first?.kind === 'log-mel') {
    yield* encodedRows(library, version, first, [...Array(version.rowCount).keys()]);
    return;
  }
  const columns = preparation.inputs.map((recipe) => {
    const { column, index } = findColumn(version, recipe.column);
    return { index, asNumbers: typeOf(recipe) === 'number' && column.type === 'number' };
  });
  const series = await readAllSeries(library, version, preparation.inputs);
  let row = 0;
  for await (const [indices = [], ...cells] of streamColumnsOf(library, version.id, columns)) {
    if (indices[0] !== row) throw new Error(`Row ${row} of ${version.id} came as row ${indices[0]}`);
    row += indices.length;
    const numbers = Float64Array.from(indices, Number);
    yield encodeCells(preparation, withWindows(preparation.inputs, series, numbers, cells), indices.length);
  }
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
  const recipe = pictureRecipe(preparation);
  if (recipe) {
    const pictures = await readPictures(library, version, recipe.column, rowIndices);
    const found = [pictures.height, pictures.width, pictures.channels].join(' × ');
    const expected = recipe.stored.join(' × ');
    if (found !== expected) throw new CodedError('pictures-unfit', { dataset: version.datasetName, found, expected });
    return { inputs: changePixels(recipe, pictures.pixels), rows: rowIndices.length };
  }
  const [first] = preparation.inputs;
  if (first?.kind === 'log-mel') {
    const inputs = new Float32Array(rowIndices.length * exampleSize(preparation));
    let at = 0;
    for await (const values of encodedRows(library, version, first, Array.from(rowIndices))) {
      inputs.set(values, at);
      at += values.length;
    }
    return { inputs, rows: rowIndices.length };
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
  const pieces = columns.map((cells) => wanted.map((row) => cells[place.get(row) ?? -1] ?? null));
  const series = await readAllSeries(library, version, preparation.inputs);
  return encodeCells(preparation, withWindows(preparation.inputs, series, wanted, pieces), wanted.length);
}

/** The rows of each part; of anomalies that are known, the ordinary ones and apart the others. */
function partsOf(rows: DividedRows): Pick<FittedData, 'parts' | 'anomalies'> {
  const all = { training: rowsOf(rows, TRAINING), validation: rowsOf(rows, VALIDATION), test: rowsOf(rows, TEST) };
  if (rows.target.kind !== 'reconstruction') return { parts: all };
  const [ordinary, anomalous] = [0, ANOMALOUS].map(
    (mark) => (part: Int32Array) => part.filter((row) => rows.classes[row] === mark),
  ) as [(part: Int32Array) => Int32Array, (part: Int32Array) => Int32Array];
  return {
    parts: { ...all, validation: ordinary(all.validation), test: ordinary(all.test) },
    anomalies: { validation: anomalous(all.validation), test: anomalous(all.test) },
  };
}

/** Rows of one part, ascending. */
export function rowsOf(rows: Pick<DividedRows, 'parts'>, part: number): Int32Array {
  const found: number[] = [];
  for (const [row, code] of rows.parts.entries()) if (code === part) found.push(row);
  return Int32Array.from(found);
}

function targetsOf(rows: DividedRows, preparation: Preparation): Int32Array | Float32Array {
  if (rows.target.kind !== 'number') return rows.classes;
  const { mean, standardDeviation } = preparation.targetScale;
  return Float32Array.from(rows.numbers, (value) => (value - mean) / standardDeviation);
}
