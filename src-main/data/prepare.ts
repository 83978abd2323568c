/** A version under a setup → the arrays that training takes. Pixels stay uint8; the network sees value · scale. */
import { CodedError, type DataSetup, type DatasetVersion } from '../contract';
import { findColumn, readColumns } from './columns';
import { encodeCells, exampleSize, inputScale, type EncodedInputs } from './encode';
import { fitPreparation } from './fit';
import type { LibraryPaths } from './paths';
import { readPictures } from './pictures';
import type { Preparation, PreparedData } from './prepared';
import { TEST, TRAINING, VALIDATION } from './split';
import { divideRows, type DividedRows } from './target';

/** Arrays beyond this do not fit beside a network in the memory of ordinary machines. */
const MOST_BYTES = 4 * 2 ** 30;

/**
 * @throws CodedError as `divideRows` and `fitPreparation`; `split-too-small` where no row is left to train on;
 * `file-too-large` beyond 4 GiB of inputs
 */
export async function prepareData(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
): Promise<PreparedData> {
  const rows = await divideRows(library, version, setup);
  const parts = { training: rowsOf(rows, TRAINING), validation: rowsOf(rows, VALIDATION), test: rowsOf(rows, TEST) };
  if (parts.training.length === 0) throw new CodedError('split-too-small', { count: 0, part: 'training' });
  const { preparation, inputs } = await fitPreparation(library, version, setup, rows);
  const isPicture = preparation.inputs[0]?.kind === 'pixels';
  const bytes = rows.parts.length * exampleSize(preparation) * (isPicture ? 1 : 4);
  if (bytes > MOST_BYTES) {
    throw new CodedError('file-too-large', {
      file: version.datasetName,
      detail: `its inputs would take ${(bytes / 2 ** 30).toFixed(1)} GiB of memory`,
    });
  }
  const encoded = isPicture
    ? await readInputs(library, version, preparation, Int32Array.from(rows.parts.keys()))
    : {
        inputs: encodeCells(
          preparation,
          inputs.map(({ cells }) => cells ?? []),
        ),
      };
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

/**
 * Inputs of some rows of a version, prepared as a model wants them. The version may be another than the one it learnt from.
 * @param rowIndices in any order.
 * @throws CodedError `column-missing`, `input-unfit` for a row that is not there or pictures of another size
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
    if (found !== expected)
      throw new CodedError('input-unfit', { file: version.datasetName, detail: `its pictures are ${found}`, expected });
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
    throw new CodedError('input-unfit', {
      file: `row ${missing}`,
      detail: 'there is no such row',
      expected: `rows 0 to ${version.rowCount - 1}`,
    });
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
